import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '@loadstair/analysis';
import type { RunEvent } from '@loadstair/runs';
import { Problem } from '@loadstair/kit';
import { printProblem } from './problem-view.ts';
import { plainStream, stream, type Stream } from './io.ts';
import { plainView, terminalView } from './run-view.ts';
import { exitOf, verdictBlock, verdictJson } from './verdict-view.ts';

const written = (columns: number): { readonly target: Stream; readonly text: () => string } => {
  let text = '';
  return { target: plainStream((more) => (text += more), columns), text: () => text };
};
const started: RunEvent = { type: 'step-started', atMs: 0, step: 5, of: 9, kind: 'load', offered: 19.5, holdS: 20 };
const live: RunEvent = {
  type: 'live',
  atMs: 0,
  step: 5,
  elapsedS: 12,
  startedPerS: 19.5,
  achievedPerS: 19.4,
  lateP99Ms: 3,
  dropped: 0,
  use: [],
  latency: null,
  closest: [
    { label: 'db-1 CPU', busy: 0.53 },
    { label: 'web-2 CPU', busy: 0.31 },
    { label: 'lb-1 CPU', busy: 0.07 },
  ],
  verdictInS: 110,
};
const done: RunEvent = {
  type: 'step',
  atMs: 0,
  step: 8,
  kind: 'load',
  offered: 38.1,
  achieved: 36.4,
  p95Ms: 812,
  failed: 9,
  failedShare: 0.009,
  holds: false,
  closest: { label: 'db-1 CPU', busy: 0.97 },
  projected: [],
};

const failures = [
  { kind: 'no-server', status: null, host: 'lb-1', requests: 6 },
  { kind: 'timed-out', status: null, host: null, requests: 2 },
  { kind: 'refused', status: null, host: null, requests: 1 },
] as const;

describe('the terminal while a run goes', () => {
  it('says why requests fail: the most frequent reasons now, and all of a step that has ended', () => {
    const { target, text } = written(80);
    const view = terminalView(target);
    view.event(started);
    view.event({ ...live, failures });
    expect(text()).toContain('  failing now: 6 found no server in service at lb-1; 3 for other reasons\n');
    view.event({ ...done, failures });
    expect(text()).toContain('           6 found no server in service at lb-1; 2 timed out; 1 had the\n           connection refused\n');
    for (const line of text().split('\n')) expect(line.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').length).toBeLessThanOrEqual(80);
  });

  it('says it in one line each where there is no terminal', () => {
    const { target, text } = written(80);
    plainView(target).event({ ...done, failures });
    expect(text()).toMatch(/failed=9 .* why="6 found no server in service at lb-1; 2 timed out; 1 had the connection refused"$/m);
  });

  it('shows where the step is, what is offered and what is closest, as three lines', () => {
    const { target, text } = written(80);
    const view = terminalView(target);
    view.event(started);
    view.event(live);
    expect(text().split('\n')).toEqual([
      '▸ step 5   19.5/s  ━━━━━━━━━━━━╸────────   12 of 20 s    verdict in ~1:50',
      '  started 19.5  achieved 19.4  late p99 3.0 ms  dropped 0',
      '  db-1 CPU 53 %   web-2 CPU 31 %   lb-1 CPU 7 %',
      '',
    ]);
  });

  it('redraws those three, twice a second at most, and leaves nothing of them', () => {
    let now = 0;
    const { target, text } = written(80);
    const view = terminalView(target, () => now);
    view.event(started);
    view.event(live);
    now = 499;
    view.event(live);
    expect(text().split('\n')).toHaveLength(4);
    now = 500;
    view.event(live);
    expect(text()).toContain('\u001b[3A\u001b[J▸ step 5');
    view.end();
    expect(text().endsWith('\u001b[3A\u001b[J')).toBe(true);
  });

  it.each([20, 40, 60, 79, 80, 200])('never writes a line wider than %i columns', (columns) => {
    const { target, text } = written(columns);
    const view = terminalView(target);
    for (const event of [started, live, done]) view.event(event);

    for (const line of text()
      .replace(/\u001b\[\d*[A-Z]/g, '')
      .split('\n'))
      expect(line.length).toBeLessThanOrEqual(columns);
  });

  it.each([
    [
      80,
      '▲ step 8    38.1/s     36.4/s    812 ms    0.9 %   db-1 CPU  97 %  over SLO',
      '           offered   achieved       p95   failed   closest to its limit',
    ],
    [
      79,
      '▲ step 8    38.1/s     36.4/s    0.9 %   db-1 CPU  97 %  over SLO',
      '           offered   achieved   failed   closest to its limit',
    ],
    [69, '▲ step 8    38.1/s    0.9 %   db-1 CPU  97 %  over SLO', '           offered   failed   closest to its limit'],
    [50, '▲ step 8    38.1/s    0.9 %   db-1  97 %  over SLO', '           offered   failed   closest to its limit'],
  ])('at %i columns drops p95, then achieved, then letters of names', (columns, line, header) => {
    const { target, text } = written(columns);
    terminalView(target).event(done);
    const [first, second] = text().split('\n');
    expect(first?.trimEnd()).toBe(header);
    expect(second?.replace(/ {2,}97/, '  97')).toBe(line);
  });
});

describe('a log instead of a terminal', () => {
  it('has one key=value line an event and no escapes', () => {
    const { target, text } = written(80);
    let now = 0;
    const view = plainView(target, () => now);
    now = 41_000;
    for (const event of [started, live, { ...done, step: 5, holds: true } as RunEvent]) view.event(event);
    view.end();
    expect(text()).toBe('00:41 step 5/9 offered=38.1 achieved=36.4 p95_ms=812 failed=9 slo=met top=db-1/cpu:0.97\n');
  });
});

const place = { tier: 'db', hosts: ['db-1'], resource: 'cpu', saturation: 36, saturationInterval: [34, 38] } as const;
const onset = { lastPass: 34.2, firstFail: 38.1, step: 8, reason: 'slo-latency' } as const;
const named: Verdict = {
  kind: 'named',
  ...place,
  with: [],
  load: 36,
  interval: [34.2, 38.1],
  confidence: 0.94,
  runnerUp: { ...place, tier: 'web', hosts: ['web-1', 'web-2'], saturation: 62, headroom: 1.7 },
  evidence: [],
  ruledOut: [],
  onset,
  shares: null,
};
const refused: Verdict = { kind: 'refused', codes: ['GEN_SCHED'], checks: [] };
const unexplained: Verdict = { kind: 'unexplained', load: 44, interval: [41, 47], onset, ruledOut: [], bestLeft: null, evidence: [] };
const none: Verdict = { kind: 'none-in-range', highest: 24.4, closest: null, evidence: [] };

describe('the verdict', () => {
  it('breaks long rows under their own text, within 80 columns', () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');
    const lines = verdictBlock(named, ['▲ db-1 CPU limits this run.', `  because  ${words}`], written(80).target)
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const line of lines.slice(2)) expect(line).toMatch(/^ {11}word/);
    expect(lines.slice(1).join(' ').replace(/\s+/g, ' ').trim()).toBe(`because ${words}`);
  });

  it('has an exit status of its own', () => {
    expect([named, none, refused, unexplained].map(exitOf)).toEqual([0, 0, 3, 4]);
  });

  it('is one JSON shape, with codes and evidence whatever the kind', () => {
    expect(verdictJson(named)).toMatchObject({
      kind: 'named',
      tier: 'db',
      hosts: ['db-1'],
      resource: 'cpu',
      load: 36,
      interval: [34.2, 38.1],
      unit: 'arrivals/s',
      confidence: 0.94,
      runnerUp: { tier: 'web', resource: 'cpu', headroom: 1.7 },
      with: [],
      codes: [],
    });
    expect(verdictJson(refused)).toMatchObject({ kind: 'refused', codes: ['GEN_SCHED'] });
    expect(verdictJson(none)).toMatchObject({ kind: 'none-in-range', load: 24.4, unit: 'arrivals/s' });
    expect(verdictJson(unexplained)).toMatchObject({ kind: 'unexplained', load: 44, interval: [41, 47] });
    for (const verdict of [named, refused, none, unexplained]) {
      expect(Array.isArray(verdictJson(verdict)['codes'])).toBe(true);
      expect(Array.isArray(verdictJson(verdict)['evidence'])).toBe(true);
    }
  });
});

describe('a stream', () => {
  const of = (environment: Record<string, string>, isTTY = true, noColor = false): Stream =>
    stream({ isTTY, columns: 100, write: () => true }, { environment, noColor });
  const colours = (one: Stream): boolean => one.paint.bold('x') !== 'x';
  it.each([
    [{}, true, true, true],
    [{}, false, false, false],
    [{ NO_COLOR: '1' }, true, true, false],
    [{ NO_COLOR: '' }, true, true, true],
    [{ TERM: 'dumb' }, true, false, false],
    [{ CI: 'true' }, true, false, false],
    [{ CI: 'false' }, true, true, true],
    [{ FORCE_COLOR: '1' }, false, false, true],
    [{ FORCE_COLOR: '0' }, false, false, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false, true],
  ])('with %j (terminal: %s) redraws: %s, colours: %s', (environment, isTTY, redraws, coloured) => {
    const one = of(environment, isTTY);
    expect(one.terminal).toBe(redraws);
    expect(colours(one)).toBe(coloured);
  });

  it('shows nothing of others that steers a terminal, and keeps its colours', () => {
    const written = (text: string, environment = {}): string => {
      let seen = '';
      stream(
        { isTTY: true, columns: 80, write: (more: unknown) => Boolean((seen += String(more))) },
        { environment, noColor: false },
      ).write(text);
      return seen;
    };
    const hostile = '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u001b[9A\u009b31m\u202ea\rb\u007f';
    expect(written(`\u001b[33m${hostile}\u001b[39m\tx\n`)).toBe('\u001b[33m]52;c;ZXZpbA==[2J[9A31mab\u001b[39m\tx\n');
    expect(written(`\u001b[33m${hostile}`, { NO_COLOR: '1' })).toBe('[33m]52;c;ZXZpbA==[2J[9A31mab');
    expect(written('\u001b[3A\u001b[J')).toBe('\u001b[3A\u001b[J');
  });

  it('obeys --no-color before all', () => {
    expect(colours(of({ FORCE_COLOR: '1' }, true, true))).toBe(false);
  });

  it('uses marks its locale can show', () => {
    expect(of({ LANG: 'C' }).marks).toMatchObject({ good: '+', limit: '!', bad: 'x' });
    expect(of({ LC_ALL: 'POSIX', LANG: 'en_GB.UTF-8' }).marks.good).toBe('+');
    expect(of({ LC_ALL: '', LANG: 'en_GB.utf8' }).marks.good).toBe('✓');
    let text = '';
    const ascii = { ...of({ LANG: 'C' }, false), write: (more: string) => void (text += more) };
    expect(verdictBlock(named, ['▲ db-1 CPU limits this run.'], ascii)).toBe('! db-1 CPU limits this run.\n');
    const view = terminalView(ascii);
    view.event(started);
    view.event(live);
    expect(text).toMatch(/^> step 5 {3}19\.5\/s {2}#+\.+ {3}12 of 20 s/);
  });
});

describe('a problem', () => {
  const print = (error: unknown, debug = false): { text: string; exit: number } => {
    let text = '';
    const target = plainStream((more) => (text += more));
    const exit = printProblem({ out: target, err: target, canAsk: false, debug }, error);
    return { text, exit };
  };
  it('says what happened, why, what to do, and its code', () => {
    const problem = new Problem({
      what: 'Port 5432 is taken.',
      why: 'pid 4 listens there',
      do: 'stop it',
      code: 'E_PORT_TAKEN',
      exit: 1,
    });
    expect(print(problem)).toEqual({
      text: '✗ Port 5432 is taken.\n  why   pid 4 listens there\n  do    stop it\n  more  E_PORT_TAKEN · .lab/log · exit 1\n',
      exit: 1,
    });
  });

  it('that nobody foresaw shows its stack only when asked', () => {
    expect(print(new Error('boom')).text).toBe('✗ boom\n  more  E_LAB · .lab/log · exit 1\n');
    expect(print(new Error('boom'), true).text).toContain('    at ');
    expect(print('just text')).toMatchObject({ text: expect.stringContaining('just text'), exit: 1 });
  });
});
