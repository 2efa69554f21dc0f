import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const RULES = join(import.meta.dirname, '../../../dashboards/rules');
const files = readdirSync(RULES).filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml'));

const promtool = (...args: string[]): { status: number | null; says: string } => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, says: stdout + stderr };
};

describe.each(files)('the rules in %s', (file) => {
  const tests = file.replace(/\.yml$/, '.test.yml');

  it('are what promtool accepts', () => {
    const checked = promtool('check', 'rules', join(RULES, file));
    expect(checked).toEqual({ status: 0, says: expect.stringMatching(/SUCCESS: [1-9]\d* rules found/) });
  });

  it('answer what their tests expect', () => {
    expect(promtool('test', 'rules', join(RULES, tests))).toMatchObject({ status: 0 });
  });

  it('are each expected to answer something in those tests', () => {
    const named = [...readFileSync(join(RULES, file), 'utf8').matchAll(/^\s*- (?:record|alert): (\S+)$/gm)].map(([, name = '']) => name);
    const expectations = readFileSync(join(RULES, tests), 'utf8');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !expectations.includes(name))).toEqual([]);
  });
});
