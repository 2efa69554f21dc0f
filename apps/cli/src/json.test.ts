import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stages } from '@loadstair/stages';
import { Command } from 'commander';
import { processIo } from '@loadstair/terminal-view/io';
import { COMMANDS, type CommandFile } from './commands/table.ts';
import { load } from './load-command.ts';
import { lab } from './testing/lab-command.ts';

/** Commands whose answer is no value: what they print, or do, is all there is. */
const WITHOUT = {
  logs: 'prints lines of a log as they are',
  console: 'stays until Ctrl-C',
  completion: 'prints a script',
  complete: 'prints what a script reads',
};

async function commandsOf(file: CommandFile): Promise<readonly Command[]> {
  const program = new Command();
  (await load(file))(program, {
    io: processIo({ environment: {}, noColor: true, noInput: true, debug: false }),
    environment: {},
    exit: () => {},
  });
  return program.commands.flatMap((command) => [command, ...command.commands]);
}

describe('--json', () => {
  it.each(Object.keys(COMMANDS) as CommandFile[])('is an option of every command in %s that lists or changes something', async (file) => {
    for (const command of await commandsOf(file)) {
      const has = command.options.some(({ long }) => long === '--json');
      expect({ command: command.name(), has }).toEqual({ command: command.name(), has: !Object.hasOwn(WITHOUT, command.name()) });
    }
  });

  it('is written in one place, which adds the number of its schema', () => {
    const folder = join(import.meta.dirname, 'commands');
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'answer.ts');
    const itself = files.filter((name) => /out\.write\([^)]*JSON\.stringify/.test(readFileSync(join(folder, name), 'utf8')));
    // Events before the answer are lines of their own, each with a type.
    expect(itself).toEqual(['run.ts']);
  });

  const first = stages[0]?.topology.stage ?? 1;
  it.each([
    ['stages'],
    ['stages', String(first)],
    ['settings'],
    ['settings', String(first)],
    ['profiles'],
    ['profiles', 'mixed'],
    ['diff', String(first), String(first + 1)],
    ['experiments'],
    ['runs'],
    ['prune'],
    ['status', '--instance', '119'],
    ['down', '--instance', '119'],
    ['run', String(first), '--dry-run'],
    ['workshop', '--solo'],
    ['bench', '--history'],
    ['verify', '--injected', '--list'],
  ])('gives one line with its schema: %s %s', async (...args) => {
    const words = args.filter((word): word is string => typeof word === 'string');
    const { status, stdout } = await lab([...words, '--json']);
    expect({ status, lines: stdout.split('\n').length }).toEqual({ status: 0, lines: 2 });
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1 });
  });

  it('tells of a stage its settings, and of a profile its users', async () => {
    const { settings } = JSON.parse((await lab(['settings', String(first), '--json'])).stdout) as { settings: Record<string, unknown>[] };
    expect(settings).toContainEqual({
      tier: stages[0]?.topology.tiers[0]?.name,
      key: 'count',
      meaning: expect.any(String),
      takes: { kind: 'number', low: 1, high: 16, unit: null, whole: true },
      value: 1,
      live: false,
    });
    const { profiles } = JSON.parse((await lab(['profiles', '--json'])).stdout) as { profiles: Record<string, unknown>[] };
    expect(profiles[0]).toMatchObject({
      name: 'mixed',
      slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
      readsPerWrite: expect.any(Number),
      journeys: expect.arrayContaining([{ name: 'explore', does: expect.any(String), share: 0.3 }]),
    });
  });
});
