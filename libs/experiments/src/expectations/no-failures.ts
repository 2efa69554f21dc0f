import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { PHASE } from '../fields.ts';
import { count, dueWithin } from '../reading.ts';

/** None of the requests of these phases failed. */
export const noFailures = defineExpectation({
  kind: 'no-failures',
  input: z.strictObject({ phases: z.array(PHASE).min(1).readonly() }),
  sentence: ({ phases }) => ({ about: `no request fails: ${phases.join(', ')}`, expected: '0 failed' }),
  observe(observed, { phases }) {
    const seen = observed.phases.filter((phase) => phases.includes(phase.name));
    if (seen.length < phases.length) return unseen('a phase was not reached');
    return seen.flatMap((phase) => {
      const due = dueWithin(observed.requests, phase.startMs, phase.endMs);
      const next = observed.phases[observed.phases.indexOf(phase) + 1];
      // What is under way when another phase begins meets that phase's actions: it says nothing of this one.
      return next === undefined || phases.includes(next.name) ? due : due.filter((request) => request.endMs < phase.endMs);
    });
  },
  judge(requests) {
    const failed = requests.filter((request) => request.failed).length;
    return {
      measured: `${count(failed)} of ${count(requests.length)} requests failed`,
      ...(requests.length === 0 ? { holds: null } : atMost(failed, 0)),
      values: { failed, requests: requests.length },
    };
  },
});
