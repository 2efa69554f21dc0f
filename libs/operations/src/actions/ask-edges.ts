import { z } from 'zod';
import { defineAction } from '../action.ts';
import { CLIENTS, EDGES } from '../capabilities.ts';
import { PATH } from '../fields.ts';

const ANSWER = z.object({ edge: z.string(), path: z.string(), from: z.enum(['hit', 'miss', 'none']) });

/** A client asks every edge for files, one after the other; the edge itself says whether it had them. */
export const askEdges = defineAction({
  name: 'ask-edges',
  summary: 'Request files from every edge, one after another',
  subject: 'site',
  input: z.strictObject({ paths: z.array(PATH).min(1).max(20).readonly() }),
  /** In order; `none` where an edge did not answer. */
  result: z.object({ answers: z.array(ANSWER).readonly() }),
  needs: { edges: EDGES, clients: CLIENTS },
  async run({ paths }, { edges, clients, signal }) {
    const answers: z.infer<typeof ANSWER>[] = [];
    for (const edge of edges.names()) {
      for (const path of paths) {
        const answer = await clients.get(path, signal, edge);
        const from = answer?.status === 200 ? answer.headers['x-cache'] : undefined;
        answers.push({ edge, path, from: from === 'hit' || from === 'miss' ? from : 'none' });
      }
    }
    return { answers };
  },
  sentence: ({ paths }) => `edges asked for ${paths.join(', ')}`,
});
