import type { GameRanking, GameRow } from '@loadstair/labs';
import { minutes } from './minutes.ts';
import { wrap } from './wrap.ts';

const COLUMNS = 80;
const [PLACE, NAME, TIME] = [4, 24, 12] as const;

/** What a person is told before a broken site runs: nothing of the cause. */
export function gameIntro(
  game: { readonly code: string; readonly stage: number; readonly level: number; readonly profile: string },
  version: string,
  columns: number,
): string {
  const about = [
    `Gameday ${game.code}, stage ${game.stage}, level ${game.level} (broken sites ${version}). Everybody who types this code gets the same cause.`,
    `Something is wrong with this site. It gets the load of profile ${game.profile}. Find out what limits the site: watch the dashboards, then read traces and logs.`,
    'Name the tier and the resource. The clock starts with the load. The verdict of the lab stays sealed until you have named them. The seal only hides the verdict: root can still read it.',
  ];
  return `${about.flatMap((text) => wrap(text, columns, 0)).join('\n')}\n`;
}

/** Where to look while, and after, a broken site runs. */
export function placesToLook(page: string): string[] {
  return ['dashboards', 'traces', 'logs'].map((part) => `${part.padEnd(10)}  ${page}/${part}`);
}

/** Gamedays of a class, within 80 columns. */
export function rankingLines(games: readonly GameRanking[]): string[] {
  return games.flatMap(({ code, stage, level, same, rows }) => [
    '',
    `gameday ${code}, stage ${stage}, level ${level}`,
    ...(same ? [] : wrap('Not everybody had the same version of Loadstair, so their broken sites and causes may differ.', COLUMNS, 2)),
    line('', 'learner', 'named', 'tries', 'mended'),
    ...rows.map((row, index) => rowLine(row, index)),
  ]);
}

function rowLine({ learner, namedAfterS, tries, gaveUp, mendedAfterS }: GameRow, index: number): string {
  const named = namedAfterS === null ? (gaveUp ? 'given up' : '–') : minutes(namedAfterS);
  return line(String(index + 1), learner, named, String(tries), mendedAfterS === null ? '–' : minutes(mendedAfterS));
}

function line(place: string, learner: string, ...cells: readonly string[]): string {
  const name = learner.length < NAME ? learner.padEnd(NAME) : `${learner.slice(0, NAME - 2)}… `;
  return `${place.padEnd(PLACE)}${name}${cells.map((cell) => cell.padEnd(TIME)).join('')}`.trimEnd();
}
