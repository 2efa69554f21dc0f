import { declarations } from '@loadstair/components/declarations';
import { wrapped } from '@loadstair/kit';
import { keysOf, type Key, type Topology } from '@loadstair/topology';

const COLUMNS = 80;

/** What `--set` may change of a topology, a setting of a tier each, with what it means and takes. */
export function settingLines(topology: Topology): string[] {
  const all = topology.tiers.flatMap((tier) =>
    keysOf(topology, tier, declarations).map(([name, key]) => ({ name: `${tier.name}.${name}`, text: textOf(key) })),
  );
  const width = Math.max(...all.map(({ name }) => name.length)) + 2;
  return all.flatMap(({ name, text }) =>
    wrapped(text, COLUMNS - 2 - width).map((line, index) => `  ${(index === 0 ? name : '').padEnd(width)}${line}`),
  );
}

function textOf(setting: Key): string {
  const range =
    'words' in setting
      ? setting.words.join(', ')
      : `${setting.low} to ${setting.high}${setting.unit === null ? '' : ` ${setting.unit}`}${setting.whole ? ', whole' : ''}`;
  return `${setting.meaning}: ${range}`;
}
