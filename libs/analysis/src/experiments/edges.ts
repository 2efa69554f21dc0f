import { milliseconds, percent } from '../format.ts';
import { merge, quantile } from '../histogram.ts';
import type { Experiment } from './experiment.ts';
import { count, ratioRange, shareRange, steadyOf, unseen, type Of } from './of.ts';
import type { Observed, Steady } from './observed.ts';
import type { ExpectationResult, ExperimentOutcome } from './outcome.ts';

/** Of fewer files no share is claimed. */
const LEAST_FILES = 50;

export function edgeHits({ phase, least, most }: Of<'edge-hits'>, observed: Observed): ExpectationResult {
  const about = `edges have the files they are asked for: ${phase}`;
  const expected = shareRange({ least, most });
  const ratio = hitRatioOf(steadyOf(observed, phase));
  if (ratio === null) return unseen(about, expected, 'they were asked too little');
  return {
    about,
    expected,
    measured: `${percent(ratio)} hits`,
    holds: ratio >= least && ratio <= most,
    details: edgeLines(steadyOf(observed, phase)),
    values: { hitRatio: ratio },
  };
}

export function moreEdgeHits({ phase, than }: Of<'more-edge-hits'>, observed: Observed): ExpectationResult {
  const about = `edges have more of the files: ${phase} against ${than}`;
  const expected = 'a higher share';
  const [own, other] = [hitRatioOf(steadyOf(observed, phase)), hitRatioOf(steadyOf(observed, than))];
  if (own === null || other === null) return unseen(about, expected, 'they were asked too little');
  return {
    about,
    expected,
    measured: `${percent(own)} against ${percent(other)}`,
    holds: own > other,
    details: [],
    values: { hitRatio: own, otherHitRatio: other },
  };
}

export function soonerFiles({ region, phase, than }: Of<'sooner-files'>, observed: Observed): ExpectationResult {
  const about = `files reach users in the ${region} sooner: ${phase} against ${than}`;
  const expected = 'less in the middle';
  const [ms, thanMs] = [middleOf(steadyOf(observed, phase), region), middleOf(steadyOf(observed, than), region)];
  if (ms === null || thanMs === null) return unseen(about, expected, 'too few files to tell');
  return {
    about,
    expected,
    measured: `${milliseconds(ms)} ms against ${milliseconds(thanMs)} ms`,
    holds: ms < thanMs,
    details: [],
    values: { ms, thanMs },
  };
}

/** What the edges leave to the site. */
export function siteBytes(expectation: Of<'site-bytes'>, observed: Observed): ExpectationResult {
  const about = `bytes the site itself sends for an arrival: ${expectation.phase} against ${expectation.than}`;
  return ratioOf(
    about,
    expectation,
    observed,
    ({ originBytes }) => originBytes,
    (bytes) => `${(bytes / 1024).toFixed(1)} KiB`,
  );
}

/** Traffic is priced for a month; an arrival's share of it is what compares. */
export function trafficPrice(expectation: Of<'traffic-price'>, observed: Observed): ExpectationResult {
  const about = `price of an arrival’s traffic: ${expectation.phase} against ${expectation.than}`;
  const perSecond = ({ trafficPerMonth, startMs, endMs }: Steady): number | undefined =>
    trafficPerMonth === undefined ? undefined : trafficPerMonth * ((endMs - startMs) / 1000);
  return ratioOf(about, expectation, observed, perSecond, (price) => `${price.toFixed(2)} a month for one a second`);
}

export function fellBack({ phase, least }: Of<'fell-back'>, observed: Observed): ExpectationResult {
  const about = `users of the dead edge fetch files from the site: ${phase}`;
  const expected = `at least ${percent(least)} of all files`;
  const files = filesOf(steadyOf(observed, phase));
  const all = files.hit + files.miss + files.fallback;
  if (all < LEAST_FILES) return unseen(about, expected, 'too few files to tell');
  return {
    about,
    expected,
    measured: `${count(files.fallback)} of ${count(all)}`,
    holds: files.fallback / all >= least,
    details: [],
    values: { fallbacks: files.fallback, files: all, share: files.fallback / all },
  };
}

export function edgesAnswer({ about, asking, from }: Of<'edges-answer'>, observed: Observed): ExpectationResult {
  const expected = from.join(', then ');
  const asked = observed.actions.flatMap(({ result }) => (result.kind === 'asked' ? [result.answers] : []))[asking - 1];
  if (asked === undefined || asked.length === 0) return unseen(about, expected, 'no edge was asked');
  const edges = [...new Set(asked.map(({ edge }) => edge))];
  const said = edges.map((edge) => asked.filter((one) => one.edge === edge).map((one) => one.from));
  return {
    about,
    expected,
    measured: [...new Set(said.map((answers) => answers.join(', then ')))].join('; '),
    holds: said.every((answers) => answers.length === from.length && answers.every((one, index) => one === from[index])),
    details: asked.map(({ edge, path, from: answer }) => `${edge}  ${path}  ${answer}`),
    values: { edges: edges.length },
  };
}

/** By phase what edges had, what reached the users of each region how soon, and what it would cost. */
export function edgeTable(experiment: Experiment, observed: Observed): ExperimentOutcome['table'] {
  const shown = experiment.expectations.some(({ kind }) => kind === 'edge-hits' || kind === 'more-edge-hits' || kind === 'traffic-price');
  const regions = observed.phases.find(({ steady }) => steady?.regions !== undefined)?.steady?.regions?.map(({ region }) => region) ?? [];
  if (!shown || regions.length === 0) return null;
  return {
    head: ['', 'hits', ...regions.map((region) => `${region} p50 ms`), 'site kB/s', 'price/month'],
    rows: observed.phases.map(({ name, steady }) => {
      const ratio = hitRatioOf(steady);
      const seconds = steady === null ? 1 : (steady.endMs - steady.startMs) / 1000;
      return [
        name,
        ratio === null ? '–' : percent(ratio),
        ...regions.map((region) => {
          const ms = middleOf(steady, region);
          return ms === null ? '–' : milliseconds(ms);
        }),
        steady?.originBytes === undefined ? '–' : count(Math.round(steady.originBytes / seconds / 1000)),
        steady?.trafficPerMonth === undefined ? '–' : steady.trafficPerMonth.toFixed(2),
      ];
    }),
  };
}

function ratioOf(
  about: string,
  { phase, than, least, most }: Of<'site-bytes'> | Of<'traffic-price'>,
  observed: Observed,
  value: (steady: Steady) => number | undefined,
  words: (value: number) => string,
): ExpectationResult {
  const expected = ratioRange({ least, most });
  const perArrival = (name: string): number | null => {
    const steady = steadyOf(observed, name);
    const all = steady === null ? undefined : value(steady);
    const arrivals = steady === null ? 0 : (steady.achieved * (steady.endMs - steady.startMs)) / 1000;
    return all === undefined || arrivals <= 0 ? null : all / arrivals;
  };
  const [own, other] = [perArrival(phase), perArrival(than)];
  if (own === null || other === null || other <= 0) return unseen(about, expected, 'it was not measured in both');
  const ratio = own / other;
  return {
    about,
    expected,
    measured: `${words(own)} against ${words(other)}: ×${ratio.toFixed(2)}`,
    holds: ratio >= least && (most === null || ratio <= most),
    details: [],
    values: { own, other, ratio },
  };
}

function filesOf(steady: Steady | null): { hit: number; miss: number; origin: number; fallback: number } {
  const sum = { hit: 0, miss: 0, origin: 0, fallback: 0 };
  for (const { files } of steady?.regions ?? []) for (const via of Object.keys(sum) as (keyof typeof sum)[]) sum[via] += files[via];
  return sum;
}

function hitRatioOf(steady: Steady | null): number | null {
  const { hit, miss } = filesOf(steady);
  return hit + miss < LEAST_FILES ? null : hit / (hit + miss);
}

/** Median time until a region's users had a file, ms. */
function middleOf(steady: Steady | null, region: string): number | null {
  const own = (steady?.regions ?? []).filter((one) => one.region === region).map(({ fileLatency }) => fileLatency);
  const all = merge(own);
  return all.count < LEAST_FILES ? null : quantile(all, 0.5);
}

function edgeLines(steady: Steady | null): string[] {
  return (steady?.edges ?? []).map(
    ({ host, region, hits, misses, bytesOut }) =>
      `${host} ${region}  ${count(Math.round(hits))} of ${count(Math.round(hits + misses))} hit, ${count(Math.round(bytesOut / 1024))} KiB sent`,
  );
}
