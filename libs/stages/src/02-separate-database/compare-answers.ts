import { CLIENTS, defineAction, type Answer, type Clients } from '@loadstair/operations';
import { z } from 'zod';

/** Seeded users; those asked for are spread over them. */
const USERS = 20_000;
/** The user with two telephone numbers. */
const TWO_NUMBERS = 12;

/** The same users are asked for at two paths; `{id}` stands for the number. */
export const compareAnswers = defineAction({
  name: 'compare-answers',
  summary: 'Request the same users at two paths, and compare the answers',
  subject: 'site',
  input: z.strictObject({ paths: z.tuple([z.string(), z.string()]).readonly(), users: z.int().min(1).max(USERS) }),
  result: z.object({ equal: z.int(), of: z.int() }),
  needs: { clients: CLIENTS },
  async run({ paths, users }, { clients, signal }) {
    let equal = 0;
    for (let index = 0; index < users; index += 1) {
      const id = index === 0 ? TWO_NUMBERS : 1 + Math.floor((index * USERS) / users);
      const [a, b] = await Promise.all(paths.map((path) => textAt(clients, path.replace('{id}', String(id)), signal)));
      if (a === b) equal += 1;
    }
    return { equal, of: users };
  },
  sentence: ({ paths }) => `answers at ${paths.join(' and ')} compared`,
});

async function textAt(clients: Clients, path: string, signal: AbortSignal): Promise<string> {
  const answer = await clients.get(path, signal);
  if (answer?.status === 200) return answer.text;
  throw new NoAnswer(path, answer);
}

class NoAnswer extends Error {
  readonly what: string;
  readonly why: string;
  readonly do = './lab status';
  readonly code = 'E_NO_ANSWER';
  readonly exit = 1;
  constructor(path: string, answer: Answer | null) {
    super(`${path} was not answered.`);
    this.name = 'NoAnswer';
    this.what = answer === null ? `${path} was not answered.` : `${path} answered ${answer.status}.`;
    this.why = answer === null ? 'the site did not answer in time' : answer.text.slice(0, 200);
  }
}
