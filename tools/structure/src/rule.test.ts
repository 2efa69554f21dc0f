import { describe, expect, it } from '@jest/globals';
import { findingsOf } from './rule.ts';
import { sourceOf } from './sources.ts';

const NAMES = { tiers: ['db-replica', 'web', 'db', 'cache'], kinds: ['site', 'redis', 'postgres'] };
const RESOLVED: Readonly<Record<string, string>> = {
  './redis/redis.ts': 'libs/components/src/redis/redis.ts',
  './wait/wait.ts': 'libs/components/src/wait/wait.ts',
};

function found(text: string, path = 'libs/measure/src/use.ts'): string[] {
  return findingsOf(sourceOf(path, text), NAMES, (_, specifier) => RESOLVED[specifier] ?? null);
}

describe('the rule', () => {
  it.each([
    ["const tier = 'db';", ['tier db']],
    ["if (host.tier === 'web') run();", ['tier web']],
    ["if (host.tierSpec.components.includes('postgres')) run();", ['kind postgres']],
    ["const files = componentOf('site');", ['kind site']],
    ['const words: Record<string, string> = { redis: "cache server" };', ['kind redis']],
    ['interface Words { readonly redis: string }', ['kind redis']],
    ['run(context.tools.postgres);', ['kind postgres']],
    ["switch (component.kind) { case 'site': break; }", ['kind site']],
    ['if (topology.stage >= 5) run();', ['stage 5']],
    ['const STAGE = 3;', ['stage 3']],
    ['run(stageByNumber(4));', ['stage 4']],
    ["const help = './lab run 3 --quick';", ['stage 3']],
    ['const help = `./lab scale ${tier}, ./lab logs db-replica-1`;', ['host db-replica-1']],
    ["const set = ['db.distance=1'];", ['tier db']],
    ["const SERVER = 'web1';", ['host web1']],
    ["const BACKEND = 'web';", ['tier web']],
    ["const does = './lab up 4';", ['stage 4']],
    ["import { redis } from './redis/redis.ts';", ['import redis']],
    ["const { redis } = await import('./redis/redis.ts');", ['import redis']],
  ])('finds %s', (text, findings) => expect(found(text)).toEqual(findings));

  it.each([
    // Words of other things.
    "const folder = join('dist', 'web');",
    "const link = { role: 'cache' };",
    "const declaration = { word: 'web' };",
    "const session = { kind: 'run' }; const event = 'site';",
    'const site = session.site;',
    '/** As web-1 of stage 3 does, with redis. */\nconst limit = 5;',
    'const last = stages.at(-1);',
    "import { until } from './wait/wait.ts';",
  ])('leaves %s alone', (text) => expect(found(text)).toEqual([]));

  it('lets a stage, a test, and a component about itself know what they like', () => {
    const text = "const tier = 'db'; const kind = 'redis';";
    expect(found(text, 'libs/stages/src/04-replication/stage.ts')).toEqual([]);
    expect(found(text, 'libs/measure/src/use.test.ts')).toEqual([]);
    expect(found(text, 'libs/measure/src/testing/case.ts')).toEqual([]);
    expect(found(text, 'libs/components/src/redis/redis.ts')).toEqual(['tier db']);
    expect(found(text, 'libs/components/src/site/site.ts')).toEqual(['kind redis', 'tier db']);
    expect(found("const program = 'site';", 'apps/site/src/main.ts')).toEqual([]);
    expect(found("import { redis } from './redis/redis.ts';", 'libs/components/src/catalogue.ts')).toEqual([]);
  });
});
