import { describe, expect, it } from '@jest/globals';
import { dialled } from './expectations/dialled.ts';
import { refuses } from './expectations/refuses.ts';
import type { ObservedAction } from './observed.ts';
import { done, observed } from './testing/observed.ts';

describe('answers', () => {
  const resize = (cpu: number, result: ObservedAction['result']): ObservedAction => done({ do: 'resize', tier: 'web', cpu }, 0, 1, result);

  it('holds a refusal to be one that says why', () => {
    const refused = resize(8, { kind: 'refused', what: 'web.cpu=8 is not allowed.', why: '0.05 to 4' });
    const did = resize(4, { kind: 'done' });
    const asked = refuses({ action: 'resize' });
    expect(asked.judge(observed({ actions: [did, refused] }))).toMatchObject({
      holds: true,
      measured: 'web.cpu=8 is not allowed.',
      details: ['0.05 to 4'],
    });
    expect(asked.judge(observed({ actions: [did] })).holds).toBe(false);
    expect(asked.judge(observed()).holds).toBeNull();
  });

  it.each([
    ['private', 'refused', true],
    ['private', 'connected', false],
    ['public', 'connected', null],
  ] as const)('a dial to %s is %s: %s', (to, answer, holds) => {
    const dials = [{ host: 'web-1', address: '127.1.0.2:8080', answer: 'refused' }];
    const dial = done({ do: 'dial', to: { tier: 'web' } }, 0, 1, { kind: 'done', dials });
    expect(dialled({ to, answer }).judge(observed({ actions: [dial] })).holds).toBe(holds);
  });
});
