import { milliseconds, percent, rate, reasonsText, type StepKind } from '@loadstair/analysis';
import type { RunEvent } from '@loadstair/runs';
import type { Marks, Stream } from './io.ts';
import { wrap } from './wrap.ts';

/** Shows a run as it goes. */
export interface RunView {
  event(event: RunEvent): void;
  /** A line that is not of the run. */
  say(text: string): void;
  /** Takes away what is redrawn. */
  end(): void;
}

const HEARTBEAT_MS = 15_000;
const REDRAW_MS = 500;
/** Below so many columns, first the p95 column goes, then the achieved one. */
const WITH_P95 = 80;
const WITH_ACHIEVED = 70;
const BAR = 21;

/** Before the reasons of a step's failures: they stand under its numbers. */
const REASONS = ' '.repeat(11);
/** Where the second line of a text begins. */
const TEXT_INDENT = 2;
/** So many fit into the line that is redrawn, whatever they are. */
const LIVE_REASONS = 1;

type StepStarted = Extract<RunEvent, { type: 'step-started' }>;

/** Finished lines stay, the last three are redrawn twice a second (ux.md §7). */
export function terminalView(stream: Stream, now: () => number = Date.now): RunView {
  const { paint, marks } = stream;
  let drawn = 0;
  let lastDrawn = -Infinity;
  let headed = false;
  let step: StepStarted | null = null;
  const clear = (): void => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const text = (words: string): void => wrap(words, stream.columns, TEXT_INDENT).forEach(line);
  return {
    event(event) {
      switch (event.type) {
        case 'run-started':
          text(`${event.stage} ${event.slug} · profile ${event.profile} · seed ${event.seed} · ${event.hosts.join(' ')}`);
          line(paint.dim(`run ${event.run}    Ctrl-C: stop, clean up`));
          line('');
          return;
        case 'phase':
          if (event.state === 'done') line(`${paint.good(marks.good)} ${event.phase.padEnd(9)} ${event.text}`);
          else if (event.phase === 'hosts' || event.phase === 'warm-up') {
            clear();
            stream.write(`${marks.now} ${event.phase}   ${event.text}\n`);
            drawn = 1;
          }
          return;
        case 'step': {
          if (event.kind === 'idle') return;
          if (!headed) line(paint.dim(stepHeader(stream.columns)));
          headed = true;
          line(stepLine(event, stream));
          if (event.failures !== undefined)
            for (const why of wrap(`${REASONS}${reasonsText(event.failures)}`, stream.columns, REASONS.length)) line(paint.dim(why));
          return;
        }
        case 'step-started':
          step = event;
          return;
        case 'live': {
          if (now() - lastDrawn < REDRAW_MS) return;
          clear();
          const lines = liveLines(event, step, stream);
          stream.write(`${lines.join('\n')}\n`);
          drawn = lines.length;
          lastDrawn = now();
          return;
        }
        case 'action':
          return text(`${marks.now} ${event.text}`);
        case 'host':
          if (!['starting', 'up', 'stopped'].includes(event.kind)) text(`⚑ ${event.host} ${event.kind}   ${event.detail}`);
          return;
        default:
          return;
      }
    },
    say: line,
    end: clear,
  };
}

function stepHeader(columns: number): string {
  const cells = [
    '           offered',
    ...(columns < WITH_ACHIEVED ? [] : ['   achieved']),
    ...(columns < WITH_P95 ? [] : ['       p95']),
    '   failed',
    '   closest to its limit',
  ];
  return cells.join('').slice(0, columns);
}

function nameOf(kind: StepKind, step: number): string {
  return kind === 'back' ? 'back' : kind === 'trial' ? `trial ${step}` : `step ${step}`;
}

function stepLine(event: Extract<RunEvent, { type: 'step' }>, { paint, marks, columns }: Stream): string {
  const name = nameOf(event.kind, event.step);
  const phase = event.name === undefined ? '' : `   ${event.name}`;
  const cells = [
    ` ${name.padEnd(8)}`,
    `${rate(event.offered)}/s`.padStart(8),
    ...(columns < WITH_ACHIEVED ? [] : [`${rate(event.achieved)}/s`.padStart(11)]),
    ...(columns < WITH_P95 ? [] : [`${event.p95Ms === null ? '–' : milliseconds(event.p95Ms)} ms`.padStart(10)]),
    (event.failed === 0 ? '0' : percent(event.failedShare)).padStart(9),
  ].join('');
  const over = `${event.holds ? '' : '  over SLO'}${phase}`;
  const mark = event.holds ? paint.good(marks.good) : paint.limit(marks.limit);
  return `${mark}${`${cells}${closestCell(event.closest, columns - 1 - cells.length - over.length)}${over}`.slice(0, columns - 1)}`;
}

/** The name gives way, its number does not. */
function closestCell(closest: { readonly label: string; readonly busy: number } | null, room: number): string {
  if (closest === null) return '';
  const busy = percent(closest.busy).padStart(5);
  const label = closest.label.slice(0, Math.max(0, room - 4 - busy.length));
  return label === '' ? '' : `   ${label} ${busy}`;
}

/** Three lines, and one more while requests fail; none is longer than the terminal is wide: a wrapped one would not be taken away again. */
function liveLines(event: Extract<RunEvent, { type: 'live' }>, step: StepStarted | null, { marks, columns }: Stream): string[] {
  return [
    progressLine(event, step?.step === event.step ? step : null, marks, columns),
    `  started ${rate(event.startedPerS)}  achieved ${rate(event.achievedPerS)}  late p99 ${milliseconds(event.lateP99Ms)} ms  dropped ${event.dropped}`,
    `  ${event.closest.map((one) => `${one.label} ${percent(one.busy)}`).join('   ')}`,
    ...(event.failures === undefined ? [] : [`  failing now: ${reasonsText(event.failures, LIVE_REASONS)}`]),
  ].map((line) => line.slice(0, columns - 1));
}

function progressLine(event: Extract<RunEvent, { type: 'live' }>, step: StepStarted | null, marks: Marks, columns: number): string {
  const name = nameOf(step?.kind ?? 'load', event.step);
  const offered = step === null ? '' : `   ${rate(step.offered)}/s`;
  const elapsed = step === null ? `${Math.round(event.elapsedS)} s` : `${Math.round(event.elapsedS)} of ${Math.round(step.holdS)} s`;
  const left = Math.round(event.verdictInS);
  const before = `${marks.now} ${name}${offered}`;
  const after = `   ${elapsed}    verdict in ~${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  const width = step === null ? 0 : Math.max(0, Math.min(BAR, columns - 1 - before.length - 2 - after.length));
  return `${before}${width === 0 ? '' : `  ${bar(event.elapsedS / (step?.holdS ?? 1), width, marks)}`}${after}`;
}

function bar(share: number, width: number, { bar: [done, tip, left] }: Marks): string {
  const full = Math.max(0, Math.min(width - 1, Math.round(share * width) - 1));
  return `${done.repeat(full)}${tip}${left.repeat(width - 1 - full)}`;
}

/** One `key=value` line an event and a heartbeat when it is quiet: for logs and CI. */
export function plainView(stream: Stream, now: () => number = Date.now): RunView {
  const begun = now();
  let lastMs = begun;
  const write = (text: string): void => {
    lastMs = now();
    const seconds = Math.floor((lastMs - begun) / 1000);
    stream.write(`${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')} ${text}\n`);
  };
  let of = 0;
  const heartbeat = setInterval(() => {
    if (now() - lastMs >= HEARTBEAT_MS) write('still running');
  }, 1000);
  heartbeat.unref();
  return {
    event(event) {
      switch (event.type) {
        case 'run-started':
          return write(`run=${event.run} stage=${event.stage} profile=${event.profile} seed=${event.seed} hosts=${event.hosts.join(',')}`);
        case 'phase':
          return event.state === 'done' ? write(`${event.phase} ${event.text}`) : undefined;
        case 'step-started':
          of = event.of;
          return undefined;
        case 'step':
          if (event.kind === 'idle') return undefined;
          return write(
            `${event.kind === 'load' ? `step ${event.step}/${of}` : nameOf(event.kind, event.step)}${event.name === undefined ? '' : ` phase="${event.name}"`} offered=${rate(event.offered)} achieved=${rate(event.achieved)} p95_ms=${event.p95Ms === null ? 'none' : Math.round(event.p95Ms)} failed=${event.failed} slo=${event.holds ? 'met' : 'missed'}${event.closest === null ? '' : ` top=${event.closest.label.replace(' ', '/').toLowerCase()}:${event.closest.busy.toFixed(2)}`}${event.failures === undefined ? '' : ` why="${reasonsText(event.failures)}"`}`,
          );
        case 'action':
          return write(`action ${event.text}`);
        case 'host':
          return ['starting', 'up', 'stopped'].includes(event.kind)
            ? undefined
            : write(`host=${event.host} event=${event.kind} ${event.detail}`);
        default:
          return undefined;
      }
    },
    say: write,
    end: () => clearInterval(heartbeat),
  };
}
