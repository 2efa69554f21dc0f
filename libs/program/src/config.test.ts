import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BadConfig, checkEnv, LISTEN, PROGRAM_SETTINGS, programConfigOf, type Env, type ProgramConfig } from './config.ts';

const least = { PROGRAM_PLAN: '/lab/plan.json' };
const configOf = (env: Env): ProgramConfig => programConfigOf(checkEnv('worker', PROGRAM_SETTINGS, env));

describe('settings that every program has', () => {
  it('need a plan; all else has a default', () => {
    expect(configOf(least)).toEqual({ host: 'local', plan: '/lab/plan.json', metricsListen: null, statsFile: null, otlp: null });
    expect(() => configOf({})).toThrow(/The worker cannot start: PROGRAM_PLAN/);
  });

  it('turn all telemetry off at once', () => {
    const env = { ...least, PROGRAM_METRICS_LISTEN: '127.7.0.2:9464', PROGRAM_OTLP: 'http://x', PROGRAM_STATS_FILE: '/lab/stats' };
    expect(configOf(env)).toMatchObject({
      metricsListen: { address: '127.7.0.2', port: 9464 },
      statsFile: '/lab/stats',
      otlp: 'http://x',
    });
    expect(configOf({ ...env, PROGRAM_TELEMETRY: 'off' })).toMatchObject({ metricsListen: null, statsFile: null, otlp: null });
  });

  it('are checked together with those of one program, in one error', () => {
    const schema = z.object({ ...PROGRAM_SETTINGS.shape, WORKER_JOBS: z.coerce.number().int().min(1) });
    const wrong = { PROGRAM_TELEMETRY: 'maybe', WORKER_JOBS: '0' };
    expect(() => checkEnv('worker', schema, wrong)).toThrow(BadConfig);
    for (const name of [/PROGRAM_PLAN/, /PROGRAM_TELEMETRY/, /WORKER_JOBS/]) expect(() => checkEnv('worker', schema, wrong)).toThrow(name);
  });
});

it.each(['127.7.0.2:99999', '127.7.0.2:0', '999.1.1.1:80', '127.7.0.2', 'here'])('refuses to listen on %s', (text) => {
  expect(LISTEN.safeParse(text).success).toBe(false);
});
