import { z } from 'zod';
import type { Action, AnyAction } from './action.ts';
import { askEdges } from './actions/ask-edges.ts';
import { clear } from './actions/clear.ts';
import { countWrites } from './actions/count-writes.ts';
import { crash } from './actions/crash.ts';
import { destroy } from './actions/destroy.ts';
import { dial } from './actions/dial.ts';
import { failover } from './actions/failover.ts';
import { guarantee } from './actions/guarantee.ts';
import { powerLoss } from './actions/power-loss.ts';
import { powerOn } from './actions/power-on.ts';
import { predictLosses } from './actions/predict-losses.ts';
import { purge } from './actions/purge.ts';
import { recover } from './actions/recover.ts';
import { replace } from './actions/replace.ts';
import { resize } from './actions/resize.ts';
import { scale } from './actions/scale.ts';
import { set } from './actions/set.ts';
import { visit } from './actions/visit.ts';

/** Actions that any stage may use; a stage may define more for its own experiments. */
export const actions: readonly AnyAction[] = [
  askEdges,
  clear,
  countWrites,
  crash,
  destroy,
  dial,
  failover,
  guarantee,
  powerLoss,
  powerOn,
  predictLosses,
  purge,
  recover,
  replace,
  resize,
  scale,
  set,
  visit,
];

/** What a request for an action must look like: `{ action, input }`, each action with the input that is its own. */
export function requestOf(known: readonly AnyAction[]): z.ZodType<{ readonly action: string; readonly input: unknown }> {
  const options = known.map(({ name, summary, input }) => z.strictObject({ action: z.literal(name), input }).describe(summary));
  return z.discriminatedUnion('action', options as [(typeof options)[number], ...typeof options]);
}

/** Something to do, of plain data. Throws ZodError when the action is unknown or its input is wrong. */
export function actionFrom(known: readonly AnyAction[], plain: unknown): Action {
  const { action, input } = requestOf(known).parse(plain);
  return (known.find(({ name }) => name === action) as AnyAction).from(input);
}
