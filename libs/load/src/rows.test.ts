import { describe, expect, it } from '@jest/globals';
import { isFailure } from './is-failure.ts';
import { parseLine } from './rows.ts';

describe('parseLine', () => {
  it('reads a row that was promised', () => {
    expect(parseLine('W,3,orders,60001,12,1700000000000,77,2 prints of photo 77')).toEqual({
      kind: 'write',
      step: 3,
      write: { table: 'orders', id: 60_001, mark: '77', user: 12, text: '2 prints of photo 77', ackedMs: 1_700_000_000_000 },
    });
  });

  it.each(['W,3,comments,,12,1,Seen,Seen', 'W,3,comments,1,2,3,x', 'W,x,comments,1,2,3,y,y', 'W,3,comments,1,,3,y,y'])(
    'is null for %s',
    (line) => expect(parseLine(line)).toBeNull(),
  );

  it('reads a stale answer, which is no failure', () => {
    const line = parseLine('R,3,7,engage,comments,1700000000000,12.5,5,200,1');
    expect(line).toMatchObject({ kind: 'row', row: { outcome: 'stale', status: 200, last: true } });
    expect(isFailure({ outcome: 'stale' })).toBe(false);
    expect(isFailure({ outcome: 'wrong-body' })).toBe(true);
  });
});
