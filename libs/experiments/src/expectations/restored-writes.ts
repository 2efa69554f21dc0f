import { countWrites, recover, restoredRows } from '@loadstair/operations';
import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { count, resultsOf } from '../reading.ts';
import { shownRows } from '../write-reading.ts';

/** After the recovery nothing is missing but what it has listed. */
export const restoredWrites = defineExpectation({
  kind: 'restored-writes',
  input: z.strictObject({}),
  sentence: () => ({ about: 'lost writes are restored from the old primary', expected: 'every lost write is restored, or listed as lost' }),
  observe(observed) {
    const recovered = resultsOf(observed, recover)[0];
    const [before, after] = resultsOf(observed, countWrites);
    return recovered === undefined || before === undefined || after === undefined
      ? unseen('no recovery was attempted')
      : { recovered, before, after };
  },
  judge({ recovered, before, after }) {
    const listed = recovered.hosts.flatMap(({ conflicts }) => conflicts.map(({ table, row }) => `${table} ${row}`));
    const still = after.missing.map(({ row }) => row);
    const unlisted = still.filter((row) => !listed.includes(row));
    const back = before.missing.filter(({ row }) => !still.includes(row)).length;
    return {
      measured: `${count(back)} of ${count(before.missing.length)} restored, ${count(after.missing.length)} listed as lost`,
      ...atMost(unlisted.length, 0),
      details: shownRows(unlisted),
      values: { back, missing: after.missing.length, unlisted: unlisted.length, restored: restoredRows(recovered.hosts) },
    };
  },
});
