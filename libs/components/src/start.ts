import { componentOf } from './catalogue.ts';
import type { ComponentContext } from './component.ts';
import { writeFiles } from './owned-file.ts';
import type { PlannedComponent } from './plan.ts';
import { probeOf } from './wait/readiness.ts';
import { untilReady } from './wait/wait.ts';

/**
 * Puts the files of a component in place on a host of this machine, and makes what it needs beside them.
 *
 * @param disk whether the host's disk is empty, or has what the component kept there before
 */
export async function initialise({ kind, files }: PlannedComponent, context: ComponentContext, disk: 'empty' | 'used'): Promise<void> {
  await writeFiles(files, context.user);
  const { declaration, initialise: make } = componentOf(kind);
  if (disk === 'empty' || !declaration.keepsData) await make?.(context);
}

/** Resolves when a component that was started serves; rejects with HostNotReady, or when the signal aborts. */
export async function settled({ kind, readiness }: PlannedComponent, context: ComponentContext, signal: AbortSignal): Promise<void> {
  const { readyMs, settle } = componentOf(kind);
  await untilReady(probeOf(readiness, context.run), { host: context.host.name, component: kind }, { timeoutMs: readyMs, signal });
  await settle?.(context, signal);
}
