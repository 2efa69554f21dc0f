import { readFileSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { parsePlan, type SitePlan } from './plan.ts';

/** The plan as it is now, and whoever wants to know when it becomes another one. */
export interface PlanSource {
  readonly plan: SitePlan;
  /** Calls back with every later plan, until the function it returns is called. */
  follow(listener: (plan: SitePlan) => void): () => void;
  stop(): void;
}

/** The first plan could not be read: a program without peers cannot start. */
export class PlanUnreadable extends Error {
  readonly where: string;

  constructor(where: string, cause: unknown) {
    super(`The plan of peers at ${where} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'PlanUnreadable';
    this.where = where;
  }
}

const POLL_MS = 1_000;
const ANSWER_MS = 2_000;

/**
 * Opens the plan a program was pointed at: a file (`/…`), an address that answers with it (`http://…`), or the plan itself
 * (`{…}`), which then never changes.
 *
 * @param onError told of a later plan that cannot be read; the one before stays
 * @throws PlanUnreadable
 */
export async function openPlan(where: string, onError: (error: unknown) => void): Promise<PlanSource> {
  if (where.startsWith('{')) return told('the environment', where, () => () => {});
  if (/^https?:/.test(where)) return told(where, await firstAnswer(where), (update) => poll(where, update, onError));
  return told(where, readNow(where), (update) => watchFile(where, update, onError));
}

type Update = (text: string) => void;

/** @param begin begins to look for other plans; what it returns ends that */
function told(where: string, first: string, begin: (update: Update) => () => void): PlanSource {
  let text = first;
  let plan = readable(where, () => parsePlan(first));
  const listeners = new Set<(plan: SitePlan) => void>();
  const end = begin((next) => {
    if (next === text) return;
    plan = parsePlan(next);
    text = next;
    for (const listener of listeners) listener(plan);
  });
  return {
    get plan() {
      return plan;
    },
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: end,
  };
}

function readable<Value>(where: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new PlanUnreadable(where, error);
  }
}

function readNow(file: string): string {
  return readable(file, () => readFileSync(file, 'utf8'));
}

/**
 * Reads the file anew whenever anything in its folder changes: another file may be renamed over it, or a folder that it is
 * reached through may be exchanged, as a mounted ConfigMap's is. The folder should hold nothing else.
 */
function watchFile(file: string, update: Update, onError: (error: unknown) => void): () => void {
  const watcher = watch(dirname(file), () => {
    try {
      update(readFileSync(file, 'utf8'));
    } catch (error) {
      onError(error);
    }
  });
  watcher.on('error', onError);
  return () => watcher.close();
}

async function ask(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

async function firstAnswer(url: string): Promise<string> {
  return ask(url).catch((error: unknown) => {
    throw new PlanUnreadable(url, error);
  });
}

function poll(url: string, update: Update, onError: (error: unknown) => void): () => void {
  let stopped = false;
  const again = (): NodeJS.Timeout =>
    setTimeout(() => {
      void ask(url)
        .then((text) => {
          if (!stopped) update(text);
        })
        .catch(onError)
        .finally(() => {
          if (!stopped) timer = again();
        });
    }, POLL_MS).unref();
  let timer = again();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
