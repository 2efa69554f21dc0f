import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { NOTHING } from '../fields.ts';

export const set = defineAction({
  name: 'set',
  summary: 'Change live settings while load runs, as with --set',
  subject: 'site',
  input: z.strictObject({ set: z.array(z.string().max(200)).min(1).max(50).readonly() }),
  result: NOTHING,
  needs: { machines: MACHINES },
  async run({ set: settings }, { machines, signal }) {
    await machines.set(settings, signal);
    return {};
  },
  sentence: ({ set: settings }) => settings.join(', '),
});
