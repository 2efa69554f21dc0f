import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stages } from '@loadstair/stages';
import { Command, Help } from 'commander';
import { processIo } from '@loadstair/terminal-view/io';
import { helpOf } from './commands-page.ts';
import { COMMANDS, GROUPS, LISTED, type CommandFile } from './commands/table.ts';
import { helpStyle } from './help-style.ts';
import { load } from './load-command.ts';
import { list } from './program.ts';
import { lab, labOk } from './testing/lab-command.ts';

const WRONG_USAGE = 2;
/** Command lines start one after the other, perhaps beside others. */
const TIMEOUT_MS = 60_000;

describe('the command line', () => {
  it(
    'shows every command with examples, within 80 columns',
    async () => {
      const files = await Promise.all((Object.keys(COMMANDS) as CommandFile[]).map((file) => registeredBy(file)));
      const commands = files.flatMap((program) => program.commands.flatMap((command) => [command, ...command.commands]));
      expect(commands.map((command) => command.name())).toEqual(expect.arrayContaining([...LISTED.map(({ name }) => name), 'set', 'new']));
      for (const command of commands) {
        const [name, help] = [command.name(), helpOf(command)];
        expect({ name, tooLong: help.split('\n').filter((line) => [...line].length > 80) }).toEqual({ name, tooLong: [] });
        expect({ name, help }).toEqual({ name, help: expect.stringContaining('Examples:') });
      }
      for (const args of [['--help'], ['run', '--help'], ['profiles', 'new', '--help']]) {
        const { status, stdout, stderr } = await lab(args);
        expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' });
        expect({ args, tooLong: stdout.split('\n').filter((line) => [...line].length > 80) }).toEqual({ args, tooLong: [] });
      }
    },
    TIMEOUT_MS,
  );

  it.each(Object.keys(COMMANDS) as CommandFile[])('finds its commands in the file %s', async (file) => {
    const registered = await registeredBy(file);
    const listed = new Command();
    for (const [name, command] of Object.entries(COMMANDS[file])) list(listed, name, command);
    const help = new Help();
    const usage = (program: Command): string[] =>
      program.commands.map((command) => `${help.subcommandTerm(command).replace(' [options]', '')}: ${command.description()}`);
    expect(usage(registered)).toEqual(usage(listed));
  });

  it('prints the version that the root package.json has', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as { version: string };
    expect(await lab(['--version'])).toMatchObject({ status: 0, stdout: `loadstair ${version}\n`, stderr: '' });
  });

  it('shows all commands where none is asked for', async () => {
    for (const args of [['--help'], ['--help', 'run'], ['--no-color', '--help'], ['help']]) {
      const help = await labOk(...args);
      for (const { name, hidden } of LISTED)
        expect({ name, shown: new RegExp(`^  ${name} `, 'm').test(help) }).toEqual({ name, shown: hidden !== true });
    }
  });

  it('shows the three jobs first, then the commands in their groups', async () => {
    const help = await labOk('--help');
    const places = ['Three jobs:', ...GROUPS.map((group) => `\n${group}:\n`), 'Exit status:'].map((text) => help.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(help).not.toContain('\nCommands:\n');
  });

  it.each([[[]], [['--no-color']]])('says in a few lines what it is for where nothing is asked: %j', async (args) => {
    const { status, stdout, stderr } = await lab(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('./lab --help');
    expect(stdout.split('\n').length).toBeLessThan(15);
    expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('says what the exit statuses mean', async () => {
    const help = await labOk('--help');
    for (const status of [0, 1, 2, 3, 4, 5, 6, 130, 143]) expect(help).toMatch(new RegExp(`(^|[\\s:·/])${status}\\b`, 'm'));
  });

  it.each([
    { args: ['rnu'], says: 'Did you mean run?' },
    { args: ['run', '3', '--set', 'wbe.cpu=1'], says: '--set web.cpu=1' },
    { args: ['run', '3', '--set', 'web.cpus=1'], says: '--set web.cpu=1' },
    { args: ['run', '3', '--profile', 'smok'], says: '--profile smoke' },
    { args: ['run', '3', '--quik'], says: 'Did you mean --quick?' },
  ])('suggests, and does not run, what $args nearly is', async ({ args, says }) => {
    const { status, stdout, stderr } = await lab(args);
    expect({ status, stdout, stderr }).toEqual({ status: WRONG_USAGE, stdout: '', stderr: expect.stringContaining(says) });
  });

  it.each([
    { args: ['run'], says: "missing required argument 'stage'" },
    { args: ['run', 'three'], says: 'Unknown stage three.' },
    { args: ['run', '99'], says: `Stages are 1–${stages.length}`.toLowerCase() },
    { args: ['run', '3', '--set', 'web.cpu=1000'], says: 'web.cpu' },
    { args: ['run', '3', '--set', 'web.cpu=fast'], says: 'web.cpu' },
    { args: ['run', '3', '--scale', '0'], says: 'scale is a number from 0.01 to 10.\n  why   0 was given\n  do    --scale 0.01' },
    { args: ['run', '3', '--scale', 'much'], says: 'why   much was given' },
    { args: ['run', '3', '--set', 'pool'], says: 'do    ./lab settings 3' },
    { args: ['run', '3', '--profile', 'nothing-like-it'], says: 'do    ./lab profiles' },
    { args: ['run', '3', '--profile', './nowhere.ts'], says: 'do    ./lab profiles new ./nowhere.ts' },
    { args: ['run', '3', '--instance', '121'], says: 'instance is a whole number from 1 to 120' },
    { args: ['show', 'nothing-is-called-so'], says: 'Unknown run nothing-is-called-so.' },
    { args: ['import', '/nowhere.tar.gz'], says: 'File /nowhere.tar.gz does not exist.' },
    { args: ['completion', 'tcsh'], says: 'bash, zsh, fish' },
    { args: ['crash', 'web-1', '--instance', '119'], says: 'Instance 119 is not running.' },
  ])('refuses $args', async ({ args, says }) => {
    const { status, stdout, stderr } = await lab(args);
    expect({ status, stdout }).toEqual({ status: WRONG_USAGE, stdout: '' });
    expect(stderr.toLowerCase()).toContain(says.toLowerCase());
  });

  it.each(['K6_VUS', 'K6_DURATION', 'K6_ITERATIONS'])('refuses %s in the environment', async (name) => {
    const { status, stderr } = await lab(['run', '1'], { env: { [name]: '10' } });
    expect(status).toBe(WRONG_USAGE);
    expect(stderr).toContain(`${name} is set in the environment.`);
    expect(stderr).toContain(`unset ${name}`);
  });

  it('says of an instance where nothing runs that nothing runs', async () => {
    expect(JSON.parse(await labOk('status', '--json', '--instance', '119'))).toEqual({
      schema: 1,
      instance: 119,
      pid: null,
      state: 'idle',
      holds: null,
      url: null,
      stage: null,
      slug: null,
      budgets: null,
      isolation: null,
      hosts: [],
      run: null,
      endsAtMs: null,
    });
    expect((await lab(['down', '--instance', '119'])).status).toBe(0);
  });

  it('writes no colours into a pipe, and none where they are not wanted', async () => {
    const escape = '\u001b[';
    const wrong = ['run', '99'];
    expect((await lab(wrong)).stderr).not.toContain(escape);
    expect((await lab(wrong, { env: { FORCE_COLOR: '1' } })).stderr).toContain(escape);
  });
});

async function registeredBy(file: CommandFile): Promise<Command> {
  const program = new Command('./lab').configureHelp(helpStyle(80));
  const io = processIo({ environment: {}, noColor: true, noInput: true, debug: false });
  (await load(file))(program, { io, environment: {}, exit: () => {} });
  return program;
}
