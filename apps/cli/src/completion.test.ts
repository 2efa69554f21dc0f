import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { experiments, stages } from '@loadstair/stages';
import { Command } from 'commander';
import { processIo } from '@loadstair/terminal-view/io';
import { candidates, type Candidate, type Kind } from './completion/candidates.ts';
import { SCRIPTS } from './completion/scripts.ts';
import { COMMANDS, fileOf, type CommandFile } from './commands/table.ts';
import { load } from './load-command.ts';
import { REPOSITORY } from './testing/lab-command.ts';

const TIMEOUT_MS = 60_000;
const [FIRST, SECOND] = stages.map(({ topology }) => String(topology.stage));
const context = { io: processIo({ environment: {}, noColor: true, noInput: true, debug: false }), environment: {}, exit: () => {} };

async function commandOf(name: string): Promise<Command | undefined> {
  const file = fileOf(name);
  if (file === undefined) return undefined;
  const program = new Command();
  (await load(file))(program, context);
  return program.commands.find((command) => command.name() === name);
}

/** What is asked for stands in the candidate: its kind, and the stage and instance that were typed. */
async function offered(line: string): Promise<readonly string[]> {
  const source = async (kind: Kind, { stage, instance }: { stage: number | null; instance: number }): Promise<Candidate[]> => [
    { value: `${kind} ${stage} ${instance}`, about: '' },
  ];
  const words = line.split(' ');
  const found = await candidates(words, [{ value: 'run', about: '' }], commandOf, source);
  return found.map(({ value }) => value);
}

describe('candidates', () => {
  it.each([
    ['', ['run']],
    ['ru', ['run']],
    ['xyz', []],
    ['run ', ['stage null 1']],
    ['run 3 --set ', ['setting 3 1']],
    ['run --set a.b=1 3 --set ', ['setting 3 1']],
    ['run 3 --profile ', ['profile 3 1', ':files']],
    ['run 3 --quick --dry', ['--dry-run']],
    ['run 3 --quick --quic', []],
    ['run 3 --set a.b=1 --se', ['--set', '--seed']],
    ['compare 1 ', ['stage null 1', 'run null 1']],
    ['show ', ['run null 1']],
    ['experiment ', ['experiment null 1']],
    ['crash --instance 7 ', ['host null 7']],
    ['crash --place ', ['place null 1']],
    ['completion ', ['bash', 'zsh', 'fish']],
    ['completion z', ['zsh']],
    ['baseline ', ['set']],
    ['baseline set a ', ['run null 1']],
    ['profiles ', ['new', 'profile null 1']],
    ['profiles new ', [':files']],
    ['profiles new mine.ts --from ', ['profile null 1', 'run null 1']],
    ['visit --from ', ['place null 1']],
    ['nothing ', []],
  ])('of "%s"', async (line, expected) => {
    expect(await offered(line)).toEqual(expected);
  });

  it('know every argument of every command, or leave it to the person', async () => {
    const free = new Set(['topic', 'shell', 'line', 'path', 'count', 'group']);
    for (const file of Object.keys(COMMANDS) as CommandFile[]) {
      const program = new Command();
      (await load(file))(program, context);
      for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
        for (const [index, argument] of command.registeredArguments.entries()) {
          const path = [...(command.parent === program ? [] : [command.parent?.name() ?? '']), command.name()].join(' ');
          const words = `${path} ${'x '.repeat(index)}`;
          const known = free.has(argument.name()) || (await offered(words)).length > 0;
          expect({ words, argument: argument.name(), known }).toEqual({ words, argument: argument.name(), known: true });
        }
      }
    }
  });
});

describe('in a real shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadstair-completion-'));
  const program = join(folder, 'lab');
  beforeAll(() => {
    const main = join(REPOSITORY, 'apps/cli/src/main.ts');
    const flags = '--conditions=@loadstair/source --disable-warning=ExperimentalWarning';
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' ${flags} '${main}' "$@"\n`);
    chmodSync(program, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const inBash = (line: string): string[] => {
    const script = `${SCRIPTS.bash}
COMP_LINE="$1" COMP_POINT=\${#1} COMP_WORDS=($1); compopt() { echo "compopt $*"; }; _lab; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script, 'bash', line.replace('./lab', program)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  };

  it(
    'bash completes commands, options and values',
    () => {
      execFileSync('bash', ['-n'], { input: SCRIPTS.bash });
      expect(inBash('./lab sta').toSorted()).toEqual(['stages', 'status']);
      expect(inBash('./lab run --pro')).toEqual(['--profile']);
      expect(inBash('./lab run ')).toEqual(stages.map(({ topology }) => String(topology.stage)));
      expect(inBash(`./lab run ${FIRST} --profile smo`)).toEqual(['compopt -o default', 'smoke']);
      expect(inBash('./lab experiment ')).toEqual(experiments().map(({ name }) => name));
      const tier = stages[1]?.topology.tiers[0]?.name;
      expect(inBash(`./lab run ${SECOND} --set ${tier}.cp`)).toEqual(['compopt -o nospace', `${tier}.cpu=`]);
    },
    TIMEOUT_MS,
  );

  it(
    'bash completes the words of a setting behind its =, which ends a word there',
    () => {
      const setting = stages
        .flatMap(({ topology }) => topology.tiers.map((tier) => ({ stage: topology.stage, tier })))
        .find(({ tier }) => tier.components.includes('redis'));
      expect(inBash(`./lab run ${setting?.stage} --set ${setting?.tier.name}.policy=volatile`)).toEqual(['volatile-ttl']);
    },
    TIMEOUT_MS,
  );

  const zsh = spawnSync('zsh', ['--version']).status === 0;
  if (!zsh) process.stdout.write('zsh is not on this machine: completion in it is not tested here\n');
  /** What stands on the line of an interactive shell after a tab. */
  const inZsh = (line: string): string => {
    const [completion, answer] = ['completion.zsh', 'answer'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(completion, SCRIPTS.zsh);
    rmSync(answer, { force: true });
    execFileSync('zsh', ['-f', '-c', ZSH_TERMINAL, 'zsh', completion, answer, line.replace('./lab', program)], { timeout: TIMEOUT_MS });
    return readFileSync(answer, 'utf8').replace(program, './lab').replace(/\n$/, '');
  };
  (zsh ? it : it.skip)(
    'zsh completes commands, options and values',
    () => {
      expect(inZsh('./lab cap')).toBe('./lab capacity ');
      expect(inZsh('./lab run --dry')).toBe('./lab run --dry-run ');
      expect(inZsh(`./lab run ${FIRST} --profile smo`)).toBe(`./lab run ${FIRST} --profile smoke `);
      const tier = stages[1]?.topology.tiers[0]?.name;
      expect(inZsh(`./lab run ${SECOND} --set ${tier}.cp`)).toBe(`./lab run ${SECOND} --set ${tier}.cpu=`);
      expect(inZsh('./lab baseline s')).toBe('./lab baseline set ');
    },
    2 * TIMEOUT_MS,
  );
});

/** A terminal in which somebody types a line and a tab; then the line is written to a file. */
const ZSH_TERMINAL = `zmodload zsh/zpty zsh/zselect
completion=$1 answer=$2 line=$3
wait_for() { until [[ -s $1 ]]; do zpty -r -t shell output; zselect -t 5; done }
zpty -b shell zsh -f -i
zpty -w shell "PROMPT= RPROMPT=; autoload -Uz compinit; compinit -D -u; source \${(q)completion}"
zpty -w shell "tell() { print -r -- \\$BUFFER >\${(q)answer} }; zle -N tell; bindkey '^X^T' tell; print ready >\${(q)answer}.ready"
wait_for $answer.ready
zpty -w -n shell "$line"$'\\t\\C-x\\C-t'
wait_for $answer
rm $answer.ready
zpty -d shell
`;
