import { describe, expect, it } from '@jest/globals';
import { benchRow, type BenchResult, type BenchRow } from '@loadstair/runs';
import { plainStream } from './io.ts';
import { benchTable, historyTable } from './bench-view.ts';

const stream = plainStream(() => {});

describe('the table of a bench', () => {
  it('says of each row what was measured, the bar, and whether it holds', () => {
    const table = benchTable(result(rows()), stream);
    expect(table).toContain('✓ telemetry on / bare, mixed           0.91 (0.88–0.94)    ≥ 0.85    yes\n');
    expect(table).toContain('    820 / 901 requests per CPU-s, 12 pairs at 37/s\n');
    expect(table).toContain('▲ observer, share of a core, stage 3   6.2 %               ≤ 5.0 %   no\n');
    expect(table).toContain('  boot to ready  lb-1 0.1 s · web-1 0.9 s\n');
    expect(table).toContain('  memory  web-1 101 MiB of 256 MiB · labd 140 MiB\n');
    expect(table).toContain('▲ 1 of 2 goals is missed.\n');
  });

  it('fits 80 columns, with twenty hosts too', () => {
    const many = Array.from({ length: 20 }, (_, n) => noted(`memory, web-${n + 1}`, 'bytes', 90 * 2 ** 20, 'of 256 MiB'));
    const table = benchTable(result([...rows(), ...many]), stream);
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(table.match(/web-\d+ 90 MiB of 256 MiB/g)).toHaveLength(20);
  });

  it('does not judge on a busy machine', () => {
    const table = benchTable({ ...result(rows()), busy: 'PHYS_CPU: 12 % of the machine idle; needs 30 % idle' }, stream);
    expect(table).toContain('× Refused: the machine was too busy to tell.\n  measured PHYS_CPU: 12 %');
    expect(table).not.toContain('missed');
  });

  it('says plainly that it cannot tell', () => {
    const unsure = benchRow({ ...(rows()[0] as BenchRow), value: 0.86, interval: [0.8, 0.92] });
    const table = benchTable(result([unsure]), stream);
    expect(table).toMatch(/^\? telemetry on \/ bare, mixed .*cannot tell$/m);
    expect(table).toContain('do   ./lab bench, without --quick');
  });
});

describe('the history', () => {
  it('is one line a bench, a dash for what was not measured', () => {
    const table = historyTable([result(rows()), result([])], stream);
    expect(table).toContain('2026-11-24 20:00  quick        0.91         –     6.2 %');
    expect(table).toContain('2026-11-24 20:00  quick           –         –         –');
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

function rows(): BenchRow[] {
  return [
    benchRow({
      id: 'telemetry mixed',
      what: 'telemetry on / bare, mixed',
      unit: 'ratio',
      value: 0.91,
      interval: [0.88, 0.94],
      bar: { kind: 'at-least', value: 0.85 },
      detail: '820 / 901 requests per CPU-s, 12 pairs at 37/s',
    }),
    benchRow({
      id: 'observer',
      what: 'observer, share of a core, stage 3',
      unit: 'share',
      value: 0.062,
      interval: null,
      bar: { kind: 'at-most', value: 0.05 },
      detail: 'labd with its sampler 4 %, Prometheus 2 %',
    }),
    noted('boot to ready, lb-1', 'seconds', 0.1, ''),
    noted('boot to ready, web-1', 'seconds', 0.9, ''),
    noted('memory, web-1', 'bytes', 101 * 2 ** 20, 'of 256 MiB'),
    noted('memory, labd', 'bytes', 140 * 2 ** 20, 'resident'),
  ];
}

function noted(what: string, unit: BenchRow['unit'], value: number, detail: string): BenchRow {
  return benchRow({ id: what, what, unit, value, interval: null, bar: null, detail });
}

function result(all: readonly BenchRow[]): BenchResult {
  return {
    schema: 1,
    at: '2026-11-24T20:00:00.000Z',
    quick: true,
    seconds: 100,
    machine: { cores: 2, model: 'x', kernel: '6', node: '24' },
    rows: all,
    busy: null,
  };
}
