import { describe, expect, it } from '@jest/globals';
import { isFailure } from './is-failure.ts';
import { parseLine } from './rows.ts';

describe('parseLine', () => {
  it('reads a row that was promised', () => {
    expect(parseLine('W,3,comments,60001,Seen at 12')).toEqual({
      kind: 'write',
      step: 3,
      write: { table: 'comments', id: 60_001, mark: 'Seen at 12' },
    });
  });

  it.each(['W,3,comments,,Seen', 'W,3,comments', 'W,x,comments,1,y'])('is null for %s', (line) => expect(parseLine(line)).toBeNull());

  it('reads a stale answer, which is no failure', () => {
    const line = parseLine('R,3,7,engage,comments,1700000000000,12.5,5,200,1');
    expect(line).toMatchObject({ kind: 'row', row: { outcome: 'stale', status: 200, last: true } });
    expect(isFailure({ outcome: 'stale' })).toBe(false);
    expect(isFailure({ outcome: 'wrong-body' })).toBe(true);
  });
});
