import { profileByName } from '@loadstair/load';
import { brokenSite, gameOf, profileOf, shownSite, type GameChoice } from '@loadstair/stages';
import { plannedSeconds, type RunPlan } from './run.ts';

/** What begins a gameday: its code, and what narrows it. */
export interface GamedayRequest extends GameChoice {
  readonly code: string;
  readonly quick: boolean;
}

/**
 * A run of the broken site of a code. All that its readers are shown is of the site they were told of; the site that is started has the
 * hidden cause.
 *
 * @throws BadCode, UnknownStage and NoBrokenSite
 */
export function planGameday({ quick, ...asked }: GamedayRequest): RunPlan {
  const game = gameOf(asked.code, asked);
  const shown = shownSite(game);
  const profile = profileByName(profileOf(game));
  const purpose = { kind: 'run' } as const;
  return {
    about: {
      ...shown,
      hidden: brokenSite(game).topology,
      profile,
      seed: game.seed,
      scale: 1,
      quick,
      burners: true,
      command: `./lab gameday --code ${game.code} --stage ${game.stage} --level ${game.level}${quick ? ' --quick' : ''}`,
      plannedSeconds: plannedSeconds(purpose, profile, quick),
      lostWhenInterrupted: 'the run was stopped before it had measured anything',
    },
    purpose,
    unbudgeted: false,
  };
}
