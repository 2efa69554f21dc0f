import { milliseconds, percent, rate } from '@loadstair/analysis';
import type { RunEvent } from '@loadstair/runs';
import type { Stream } from '../io.ts';

/** Shows a run as it goes. */
export interface RunView {
  event(event: RunEvent): void;
  /** Takes away what is redrawn. */
  end(): void;
}

const HEARTBEAT_MS = 15_000;
const REDRAW_MS = 500;
const NARROW = 80;

/** Finished lines stay, the last three are redrawn twice a second (ux.md §7). */
export function terminalView(stream: Stream): RunView {
  const { paint, marks } = stream;
  let drawn = 0;
  let lastDrawn = 0;
  let headed = false;
  const clear = (): void => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    event(event) {
      switch (event.type) {
        case 'run-started':
          line(`${event.stage} ${event.slug} · profile ${event.profile} · seed ${event.seed} · ${event.hosts.join(' ')}`);
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
          return;
        }
        case 'live': {
          if (Date.now() - lastDrawn < REDRAW_MS) return;
          clear();
          const lines = liveLines(event, stream);
          stream.write(`${lines.join('\n')}\n`);
          drawn = lines.length;
          lastDrawn = Date.now();
          return;
        }
        case 'host':
          if (!['starting', 'up', 'stopped'].includes(event.kind)) line(`⚑ ${event.host} ${event.kind}   ${event.detail}`);
          return;
        default:
          return;
      }
    },
    end: clear,
  };
}

function stepHeader(columns: number): string {
  return `           offered   achieved${columns < NARROW ? '' : '       p95'}   failed   closest to its limit`;
}

function stepLine(event: Extract<RunEvent, { type: 'step' }>, { paint, marks, columns }: Stream): string {
  const name = event.kind === 'back' ? 'back' : `step ${event.step}`;
  const mark = event.holds ? paint.good(marks.good) : paint.limit(marks.limit);
  const cells = [
    `${mark} ${name.padEnd(8)}`,
    `${rate(event.offered)}/s`.padStart(8),
    `${rate(event.achieved)}/s`.padStart(11),
    ...(columns < NARROW ? [] : [`${event.p95Ms === null ? '–' : milliseconds(event.p95Ms)} ms`.padStart(10)]),
    (event.failed === 0 ? '0' : percent(event.failedShare)).padStart(9),
  ];
  const closest = event.closest === null ? '' : `   ${event.closest.label} ${percent(event.closest.busy).padStart(5)}`;
  return `${cells.join('')}${closest}${event.holds ? '' : '  over SLO'}`;
}

function liveLines(event: Extract<RunEvent, { type: 'live' }>, { marks, columns }: Stream): string[] {
  const width = Math.max(10, Math.min(30, columns - 50));
  return [
    `${marks.now} step ${event.step}   ${Math.round(event.elapsedS)} s in`,
    `  started ${rate(event.startedPerS)}  achieved ${rate(event.achievedPerS)}  late p99 ${milliseconds(event.lateP99Ms)} ms  dropped ${event.dropped}`,
    `  ${event.closest.map((one) => `${one.label} ${percent(one.busy)}`).join('   ')}`.slice(0, columns - 1 || width),
  ];
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
        case 'step':
          return write(
            `${event.kind === 'back' ? 'back' : `step ${event.step}`} offered=${rate(event.offered)} achieved=${rate(event.achieved)} p95_ms=${event.p95Ms === null ? 'none' : Math.round(event.p95Ms)} failed=${event.failed} slo=${event.holds ? 'held' : 'over'}${event.closest === null ? '' : ` top=${event.closest.label.replace(' ', '/')}:${event.closest.busy.toFixed(2)}`}`,
          );
        case 'host':
          return ['starting', 'up', 'stopped'].includes(event.kind)
            ? undefined
            : write(`host=${event.host} event=${event.kind} ${event.detail}`);
        default:
          return undefined;
      }
    },
    end: () => clearInterval(heartbeat),
  };
}
