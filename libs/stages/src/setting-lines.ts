import { declarations } from '@loadstair/components/declarations';
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

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
