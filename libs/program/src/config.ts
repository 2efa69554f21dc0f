import { isIPv4 } from 'node:net';
import { z } from 'zod';

/** Settings of a program that are wrong, every one of them named. */
export class BadConfig extends Error {
  readonly problems: readonly string[];

  constructor(program: string, problems: readonly string[]) {
    super(`The ${program} cannot start: ${problems.join('; ')}.`);
    this.name = 'BadConfig';
    this.problems = problems;
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/** The only place where a program of ours reads the environment. */
export function readEnv(): Env {
  return process.env;
}

/**
 * @param schema of the variables a program reads
 * @throws BadConfig
 */
export function checkEnv<Schema extends z.ZodType>(program: string, schema: Schema, env: Env): z.output<Schema> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new BadConfig(
    program,
    parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
  );
}

export interface Listen {
  readonly address: string;
  readonly port: number;
}

/** `address:port`. */
export const LISTEN = z
  .string()
  .regex(/^[\d.]+:\d{1,5}$/, 'must be address:port')
  .transform((text): Listen => {
    const [address = '', port = ''] = text.split(':');
    return { address, port: Number(port) };
  })
  .refine(({ address, port }) => isIPv4(address) && port >= 1 && port <= 65_535, 'is not an address and port to listen on');

/** Variables that every program of ours reads; those of its own stand beside them. */
export const PROGRAM_SETTINGS = z.object({
  PROGRAM_HOST: z.string().min(1).default('local'),
  /** Where the plan of its peers is: a file, an address, or the plan itself (libs/site-plan). */
  PROGRAM_PLAN: z.string().min(1),
  PROGRAM_TELEMETRY: z.enum(['on', 'off']).default('on'),
  PROGRAM_METRICS_LISTEN: LISTEN.optional(),
  PROGRAM_STATS_FILE: z.string().optional(),
  PROGRAM_OTLP: z.string().optional(),
});

export interface ProgramConfig {
  /** Name of the host it runs on. */
  readonly host: string;
  readonly plan: string;
  /** Where Prometheus reads its metrics; null for none. */
  readonly metricsListen: Listen | null;
  /** Where the lab reads its counts while it is overloaded (stats.ts); null for none. */
  readonly statsFile: string | null;
  /** Where its spans go; null for none. */
  readonly otlp: string | null;
}

/** A program without telemetry has no metrics, no counts and no traces. */
export function programConfigOf(settings: z.output<typeof PROGRAM_SETTINGS>): ProgramConfig {
  const telemetry = settings.PROGRAM_TELEMETRY === 'on';
  return {
    host: settings.PROGRAM_HOST,
    plan: settings.PROGRAM_PLAN,
    metricsListen: telemetry ? (settings.PROGRAM_METRICS_LISTEN ?? null) : null,
    statsFile: telemetry ? (settings.PROGRAM_STATS_FILE ?? null) : null,
    otlp: telemetry ? (settings.PROGRAM_OTLP ?? null) : null,
  };
}
