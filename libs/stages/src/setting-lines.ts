import { declarations } from '@loadstair/components/declarations';
import { wrapped } from '@loadstair/kit';
import { settingRows, type SettingRow } from '@loadstair/topology';
import { stageByNumber, stages } from './catalogue.ts';

const COLUMNS = 80;

/**
 * What `--set` may change of a stage; without one, of all: each tier as the last stage with a tier of that name has it.
 *
 * @throws UnknownStage
 */
export function settingsOfStages(number?: number): SettingRow[] {
  if (number !== undefined) return settingRows(stageByNumber(number).topology, declarations);
  const tiers = new Map<string, SettingRow[]>();
  for (const { topology } of stages) {
    const byTier = Map.groupBy(settingRows(topology, declarations), ({ tier }) => tier);
    for (const [tier, rows] of byTier) tiers.set(tier, rows);
  }
  return [...tiers.values()].flat();
}

/** Where meanings begin; what is typed for a longer setting has a line of its own. */
const MEANING_AT = 27;

/**
 * Settings as they are typed, with the value that the stage has, what they mean and what they take. One that is off has no value.
 *
 * @returns lines of at most 80 columns, without a heading
 */
export function settingLines(settings: readonly SettingRow[]): string[] {
  return settings.flatMap((setting) => {
    const { tier, key, value } = setting;
    const typed = `  ${tier}.${key}${value === null ? '' : `=${value}`}`;
    const meaning = wrapped(textOf(setting), COLUMNS - MEANING_AT);
    const fits = typed.length <= MEANING_AT - 2;
    const rest = (fits ? meaning.slice(1) : meaning).map((line) => `${' '.repeat(MEANING_AT)}${line}`);
    return [fits ? `${typed.padEnd(MEANING_AT)}${meaning[0] ?? ''}` : typed, ...rest];
  });
}

function textOf({ meaning, takes, live }: SettingRow): string {
  const allowed =
    takes.kind === 'word' ? takes.words.join(', ') : `${takes.low} to ${takes.high}${takes.unit === null ? '' : ` ${takes.unit}`}`;
  return `${meaning}: ${allowed}${live ? '; live' : ''}`;
}
