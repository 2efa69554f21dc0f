import { askEdges } from '@loadstair/operations';
import { z } from 'zod';
import { defineExpectation, unseen } from '../expectation.ts';
import { resultsOf } from '../reading.ts';

/** What every edge said to the requests of the nth asking, in order. */
export const edgesAnswer = defineExpectation({
  kind: 'edges-answer',
  input: z.strictObject({
    about: z.string().min(1).max(80),
    asking: z.int().min(1),
    from: z
      .array(z.enum(['hit', 'miss']))
      .min(1)
      .readonly(),
  }),
  sentence: ({ about, from }) => ({ about, expected: from.join(', then ') }),
  observe(observed, { asking }) {
    const answers = resultsOf(observed, askEdges)[asking - 1]?.answers ?? [];
    return answers.length === 0 ? unseen('no edge got a request') : answers;
  },
  judge(answers, { from }) {
    const edges = [...new Set(answers.map(({ edge }) => edge))];
    const byEdge = edges.map((edge) => answers.filter((answer) => answer.edge === edge).map((answer) => answer.from));
    return {
      measured: [...new Set(byEdge.map((words) => words.join(', then ')))].join('; '),
      holds: byEdge.every((words) => words.length === from.length && words.every((word, index) => word === from[index])),
      details: answers.map(({ edge, path, from: answer }) => `${edge}  ${path}  ${answer}`),
      values: { edges: edges.length },
    };
  },
});
