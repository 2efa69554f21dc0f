import { hasRoom, holdsAlways, isKept, LEAST_MARGIN, type Claim, type ExperimentClaims, type Margin, type Trial } from '@loadstair/verify';
import type { Stream } from './io.ts';
import { wrap } from './wrap.ts';

type Shows = Pick<Stream, 'marks' | 'paint'>;

const WIDTHS = { held: 5, mean: 18, bound: 9, margin: 9 } as const;
/** Where expectations begin: after a mark, the numbers and a gap. */
const INDENT = 45;
const COLUMNS = 80;
const DIGITS = 3;

/** A trial that has ended, as a line. */
export function trialLine(trial: Trial, at: { readonly trial: number; readonly trials: number }, { marks, paint }: Shows): string {
  const held = trial.results.filter(({ holds }) => holds === true).length;
  const mark = { held: paint.good(marks.good), 'not-held': paint.bad(marks.bad), refused: marks.refused }[trial.kind];
  const repeated = trial.refusals.length === 0 ? '' : `, refused ${trial.refusals.length}×`;
  return `${mark} ${at.trial}/${at.trials} ${trial.experiment}: ${held} of ${trial.results.length} met${repeated}   run ${trial.run}`;
}

/** Every expectation with how often it held and how far it was from failing, in lines of at most 80 columns. */
export function claimLines(all: readonly ExperimentClaims[], stream: Shows): string[] {
  return [
    '',
    stream.paint.bold(`  ${cells('met', 'mean ± sd', 'bound', 'margin')}expectation`),
    ...all.flatMap((one) => [stream.paint.bold(headLine(one)), ...one.claims.flatMap((claim) => claimRow(claim, stream))]),
    '',
    ...summaryLines(all),
  ];
}

function headLine({ experiment, trials, refusedRuns, refusedTrials }: ExperimentClaims): string {
  const refused = refusedRuns === 0 ? '' : `, ${runs(refusedRuns)} refused`;
  const given = refusedTrials === 0 ? '' : `, ${refusedTrials} given up`;
  return `${experiment}: ${trials === 1 ? '1 trial' : `${trials} trials`}${refused}${given}`;
}

function claimRow(claim: Claim, { marks, paint }: Shows): string[] {
  const { about, held, of, nearest } = claim;
  const mark = !holdsAlways(claim) ? paint.bad(marks.bad) : hasRoom(claim) ? paint.good(marks.good) : paint.limit(marks.limit);
  const numbers =
    nearest === null
      ? [marks.none, marks.none, marks.none]
      : [
          `${short(nearest.mean)}${nearest.sd === null ? '' : ` ± ${short(nearest.sd)}`}`,
          `${nearest.side === 'most' ? '≤' : '≥'} ${short(nearest.bound)}`,
          marginText(nearest.margin, marks.none),
        ];
  const [mean = '', bound = '', margin = ''] = numbers;
  const [first = '', ...more] = wrap(`  ${cells(`${held}/${of}`, mean, bound, margin)}${about}`, COLUMNS, INDENT);
  return [`${mark}${first.slice(1)}`, ...more];
}

function marginText(margin: Margin['margin'], none: string): string {
  if (margin === null) return none;
  return typeof margin === 'number' ? `${Number.isFinite(margin) ? margin.toFixed(1) : '-∞'} sd` : margin;
}

function summaryLines(all: readonly ExperimentClaims[]): string[] {
  const claims = all.flatMap((one) => one.claims);
  const [always, roomy] = [claims.filter(holdsAlways), claims.filter((claim) => holdsAlways(claim) && hasRoom(claim))];
  const refused = all.reduce((sum, one) => sum + one.refusedRuns, 0);
  return [
    `${always.length} of ${claims.length} expectations always met, ${roomy.length} with ${LEAST_MARGIN} sd or more to their bound`,
    `${all.filter(isKept).length} of ${all.length} experiments met all theirs; ${runs(refused)} refused, repeated or given up`,
  ];
}

function runs(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}

/** Three digits, without an exponent where none is needed. */
function short(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return '0';
  if (magnitude >= 1000) return String(Math.round(value));
  return magnitude < 0.001 ? value.toExponential(0) : String(Number(value.toPrecision(DIGITS)));
}

function cells(held: string, mean: string, bound: string, margin: string): string {
  return [held.padStart(WIDTHS.held), mean.padStart(WIDTHS.mean), bound.padStart(WIDTHS.bound), margin.padStart(WIDTHS.margin), '  '].join(
    '',
  );
}
