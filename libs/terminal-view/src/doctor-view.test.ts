import { describe, expect, it } from '@jest/globals';
import { allTools, missingOf, type Findings, type Right, type ToolReport } from '@loadstair/runtime';
import { neededTools, stages } from '@loadstair/stages';
import { plainStream } from './io.ts';
import { doctorLines, ranges } from './doctor-view.ts';

const stream = plainStream(() => {});
const right = (name: Right['name'], change: Partial<Right> = {}): Right => ({
  name,
  state: 'ok',
  found: `${name} are fine`,
  mend: null,
  ...change,
});
const tools = (...without: string[]): ToolReport[] =>
  [...allTools().values()].map(({ name }) =>
    without.includes(name)
      ? { name, state: 'missing' }
      : { name, state: 'found', version: '25.1.0', path: `/bin/${name}`, from: 'package' },
  );
const lines = (findings: Findings, only: 'limits' | null = null): string[] => doctorLines(findings, stages, stream, only);

describe('doctor', () => {
  it('says that all is there, each tool with its version and where it came from', () => {
    const findings = { tools: tools(), rights: [right('memory'), right('limits')] };
    const shown = lines(findings);
    expect(shown[0]).toBe('✓ limits     limits are fine');
    expect(shown[1]).toMatch(/^✓ tools {6}node 25\.1\.0 \(package\) · postgres/);
    expect(shown.at(-1)).toBe(`Ready without network: stages 1–${stages.length}.`);
    expect(missingOf(findings, neededTools(stages))).toEqual([]);
    expect(shown.filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('names a missing tool, what needs it, the one command that mends it, and what is ready all the same', () => {
    const shown = lines({ tools: tools('haproxy'), rights: [right('limits')] });
    expect(shown.find((line) => line.startsWith('✗'))).toMatch(/^✗ tools {6}haproxy not found {24,}stage 3$/);
    expect(shown.some((line) => /^ {13}do {2}.*apt-get install --no-install-recommends haproxy$/.test(line))).toBe(true);
    expect(shown.at(-1)).toBe('Ready without network: stages 1–2. One thing is missing (exit 6).');
  });

  it('keeps to 80 columns, and a command that goes on below can be pasted', () => {
    const found = '/etc/resolv.conf points to /run/systemd/resolve/stub-resolv.conf, which is not there';
    const shown = lines({ tools: tools('toxiproxy'), rights: [right('limits'), right('own DNS', { state: 'warn', found, mend: found })] });
    expect(shown.filter((line) => [...line].length > 80)).toEqual([]);
    expect(shown.join('\n')).toMatch(/do {2}\(cd tools && .* \\\n {17}github/);
  });

  it('does not count what no stage needs', () => {
    const findings = { tools: tools('chromium'), rights: [right('limits')] };
    expect(lines(findings).find((line) => line.includes('chromium'))).toMatch(/^! /);
    expect(lines(findings).at(-1)).toBe(`Ready without network: stages 1–${stages.length}.`);
  });

  it('has no stage ready without limits, says first what works there, and shows one topic when asked', () => {
    const findings = {
      tools: tools('haproxy'),
      rights: [right('limits', { state: 'missing', found: 'no quota', mend: 'run as root' }), right('disk')],
    };
    expect(lines(findings, 'limits')).toEqual([
      'Works here: ./lab console --recorded, and docker compose up where Docker is.',
      'Runs of your own need CPU limits:',
      '✗ limits     no quota',
      '             do  run as root',
      'Ready for no stage. 2 things are missing (exit 6).',
    ]);
  });

  it.each([
    [[1, 2, 3, 4, 6, 8], '1–4, 6, 8'],
    [[2], '2'],
  ])('writes %j as %s', (numbers, text) => {
    expect(ranges(numbers)).toBe(text);
  });
});
