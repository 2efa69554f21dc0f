import { existsSync } from 'node:fs';
import { writeWhole } from '@loadstair/kit/node';
import type { Command } from 'commander';
import {
  BadProfileFile,
  EXAMPLE_PROFILE,
  fileOfProfile,
  JOURNEY_NAMES,
  journeyDoes,
  profileByName,
  profileDetailLines,
  profileLines,
  profileNameOf,
  profileRow,
  profileRows,
  profiles,
  profileText,
  TakenProfileName,
  type ProfileFile,
} from '@loadstair/load';
import { createStore } from '@loadstair/runs';
import { EXAMPLE } from '@loadstair/stages';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { answer, jsonOption } from './answer.ts';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

interface Json {
  readonly json: boolean;
}

/** profiles: the stored ones, and a file to begin one of one's own with. */
export function register(program: Command, { io }: Context): void {
  const command = program
    .command('profiles')
    .description(COMMANDS.profiles.profiles.does)
    .argument('[profile]', 'name of a stored profile')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab profiles
  ./lab profiles reads            its users, its SLO, its load
  ./lab run ${EXAMPLE.stage} --profile reads

A profile of your own:
  ./lab profiles new mine.ts      then edit the file
  ./lab run ${EXAMPLE.stage} --profile ./mine.ts`,
    )
    .action((name: string | undefined, { json }: Json) => {
      if (name !== undefined) {
        const profile = profileByName(name);
        return answer(io, json, { ...profileRow(profile), steps: profile.steps }, () => profileDetailLines(profile));
      }
      const journeys = JOURNEY_NAMES.map((journey) => ({ name: journey, does: journeyDoes(journey) }));
      answer(io, json, { profiles: profileRows(), journeys }, () => [
        ...profileLines(),
        '',
        `next   ./lab profiles reads    ./lab profiles new mine.ts`,
      ]);
    });
  command
    .command('new')
    .description('write a first file for a profile of your own')
    .argument('<file>', 'for example mine.ts, for a profile named mine')
    .option('--from <source>', 'begin with a stored profile, or with the profile of a run')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  ./lab profiles new mine.ts\n  ./lab profiles new mine.ts --from reads\n  ./lab profiles new mine.ts --from k3f9',
    )
    .action((file: string, _: object, self: Command) => {
      const { from, json } = self.optsWithGlobals<Json & { readonly from?: string }>();
      const name = profileNameOf(file);
      if (profiles.some((profile) => profile.name === name)) throw new TakenProfileName(name);
      if (existsSync(file))
        throw new BadProfileFile(`${file} already exists.`, 'it would be overwritten', `./lab profiles new my-${name}.ts`);
      const asked = file.includes('/') ? file : `./${file}`;
      writeWhole(file, profileText(from === undefined ? EXAMPLE_PROFILE : beginWith(from), asked));
      answer(io, json, { file, profile: name }, () => [file]);
      io.err.write(`next   edit it, then ./lab run ${EXAMPLE.stage} --profile ${asked} --quick\n`);
    });
}

/** A stored profile, or the one of a run: its own, or the stored one that it names. */
function beginWith(from: string): ProfileFile {
  const stored = profiles.find(({ name }) => name === from);
  if (stored !== undefined) return fileOfProfile(stored);
  const { manifest } = createStore(LAB_FOLDER).open(from);
  return fileOfProfile(manifest.ownProfile ?? profileByName(manifest.profile));
}
