import { expect, it } from '@jest/globals';
import { Problem } from './problem.ts';

class NoBridge extends Problem {
  constructor(river: string, cause?: Error) {
    super({ what: `${river} has no bridge.`, why: 'it was washed away', do: './swim', code: 'E_NO_BRIDGE', exit: 2 }, { cause });
  }
}

it('says what and why in its message, and is named like its class', () => {
  const cause = new Error('rain');
  const problem = new NoBridge('Aare', cause);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({
    name: 'NoBridge',
    message: 'Aare has no bridge. it was washed away',
    what: 'Aare has no bridge.',
    do: './swim',
    code: 'E_NO_BRIDGE',
    exit: 2,
    cause,
  });
});

it('leaves no blank at the end where nothing is known of the reason', () => {
  expect(new Problem({ what: 'It rains.', why: '', do: '', code: 'E_RAIN', exit: 1 }).message).toBe('It rains.');
});
