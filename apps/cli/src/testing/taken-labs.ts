import type { Lab } from '@loadstair/labs';
import { labs } from '@loadstair/stages';
import type { Predictions } from './lab-taker.ts';

/** Somebody takes a lab from start to end, sometimes right and sometimes wrong. */
interface Taken {
  readonly stage: number;
  /** Answers that no run decides. */
  readonly known: Readonly<Record<string, string>>;
  /** Some right, some wrong. */
  readonly predictions: Predictions;
}

const LESS_HITS = /✗ Hit ratio: you predicted 1–2 %\. Measured: .+ It was more\./;
/** A tier that does not limit, and a load that cannot be missed. */
const limitBut = (tier: string, label: string): Predictions[string] => ({
  said: { tier, load: '1-1000' },
  replies: [new RegExp(`✗ First to run out: you predicted ${label}\\.`), /✓ Limit of the site: you predicted 1–1000\/s/],
});

/** Every lab: what is predicted, and what the lab says to it. */
export const TAKEN_LABS: readonly Taken[] = [
  {
    stage: 1,
    known: { hosts: '1', programs: '2', needed: 'address', format: 'json', transfer: 'database' },
    predictions: {
      split: {
        said: { database: '90-95' },
        replies: [/✗ CPU share of the database: you predicted 90–95 %\. Measured: \d+ %\. It was less\./],
      },
      limit: {
        said: { resource: 'memory', load: '1-1000' },
        replies: [/✗ What runs out: you predicted memory\. Measured: server-1 CPU at .+ busy in step/, /✓ Limit of the site/],
      },
    },
  },
  {
    stage: 2,
    known: { hosts: '2', public: 'web', transfer: 'crash' },
    predictions: {
      limit: {
        said: { tier: 'db', load: '1-1000' },
        replies: [
          /✗ First to run out: you predicted db-1\. Measured: web-1 CPU at .+ busy in step/,
          /✓ Limit of the site: you predicted 1–1000\/s\. Measured: .+ Inside, 999\/s wide\./,
        ],
      },
      wrong: {
        said: { wrong: '5-9' },
        replies: [/✗ Load that fills the site, compared with before: you predicted ×5–9\. Measured: ×.+ It was less\./],
      },
      bigger: {
        said: { ratio: '20-30' },
        replies: [/✗ Ratio of the two capacities: you predicted ×20–30\. Measured: ×[\d.]+.+ It was less\./],
      },
      dies: { said: { failing: 'all' }, replies: [/✓ Requests that fail while the host is dead: you predicted all\./] },
      documents: { said: { reading: '5-9' }, replies: [/✗ CPU per arrival: you predicted ×5–9\. Measured: .+: ×0\.\d+.+ It was less\./] },
      fix: { said: { change: 'web.cpu=1.7 db.cpu=1.05' }, replies: [/✓ Reached: goal [\d.]+\/s/] },
    },
  },
  {
    stage: 3,
    known: { hosts: '4', way: 'lb>web>db', transfer: 'database' },
    predictions: {
      limit: { said: { tier: 'db', load: '1-1000' }, replies: [/✓ First to run out: you predicted db-1\./, /✓ Limit of the site/] },
      kill: {
        said: { recovery: '50-60' },
        replies: [/✗ Time to recover: you predicted 50–60 s\. Measured: [\d.]+ s\. It was less\./],
      },
      crash: {
        said: { recovery: 'longer' },
        replies: [/✗ Time to recover, compared with the earlier step: you predicted longer\. Measured: \d+ ms against \d+ ms/],
      },
      around: {
        said: { straight: 'connected' },
        replies: [/✗ Connecting to a private address: you predicted an answer\. Measured: 2 of 2 refused/],
      },
      single: {
        said: { answered: 'all' },
        replies: [/✗ Requests answered meanwhile: you predicted all requests\. Measured: 0 correct answers/],
      },
      joins: { said: { share: '90-99' }, replies: [/✗ Share of the requests that web-3 gets: you predicted 90–99 %/] },
      third: {
        said: { tier: 'web', moves: 'higher' },
        replies: [
          /✗ First to run out: you predicted web tier\. Measured: db-1 CPU/,
          /[✓✗] Limit compared with the earlier step: you predicted higher\./,
        ],
      },
      fix: { said: { change: 'db.cpu=1.5' }, replies: [/✓ Reached: goal [\d.]+\/s/] },
    },
  },
  {
    stage: 4,
    known: { hosts: '6', way: 'lb>web>db-replica', transfer: 'far' },
    predictions: {
      limit: limitBut('web', 'web tier'),
      with: { said: { more: '5-9' }, replies: [/✗ Load that fills the first database host, compared with before: you predicted ×5–9/] },
      replica: { said: { noticed: 'some' }, replies: [/✗ What users notice: you predicted some requests fail/] },
      primary: { said: { without: '60-90' }, replies: [/✗ Time without writes: you predicted 60–90 s/] },
      waiting: { said: { without: '60-90' }, replies: [/✗ Time without writes: you predicted 60–90 s/] },
      only: { said: { noticed: 'some' }, replies: [/✗ What users notice: you predicted some requests fail/] },
      silent: { said: { wait: '60-90' }, replies: [/✗ Slowest request: you predicted 60–90 s/] },
      late: { said: { late: '90-99' }, replies: [/✗ Stale answers: you predicted 90–99 %/] },
      fix: { said: { change: 'db-replica.cpu=0.75' }, replies: [/✓ Reached: goal [\d.]+\/s/] },
    },
  },
  {
    stage: 5,
    known: { hosts: '8', way: 'lb>web>cache>db-replica', transfer: 'overload' },
    predictions: {
      saves: { said: { hits: '1-2' }, replies: [LESS_HITS] },
      limit: limitBut('cache', 'cache tier'),
      ttl: { said: { saved: '5-9' }, replies: [/✗ Database CPU per arrival: you predicted ×5–9/] },
      stale: { said: { kept: '90-99' }, replies: [/✗ Stale answers: you predicted 90–99 %/] },
      dies: { said: { rush: '500-900' }, replies: [/✗ Database CPU just after: you predicted ×500–900/] },
      through: { said: { hits: '1-2' }, replies: [LESS_HITS] },
      servers: { said: { hits: '1-2' }, replies: [LESS_HITS] },
      expiry: { said: { hits: '1-2' }, replies: [LESS_HITS] },
      vain: { said: { hits: '60-70' }, replies: [/✗ Hit ratio: you predicted 60–70 %/] },
      restart: { said: { rush: '500-900' }, replies: [/✗ Database CPU just after: you predicted ×500–900/] },
      evict: { said: { best: 'first in, first out' }, replies: [/✗ Highest hit ratio: you predicted first in, first out/] },
      spare: { said: { saved: '5-9' }, replies: [/✗ Database CPU per arrival: you predicted ×5–9/] },
      fix: { said: { change: 'web.cpu=1.5' }, replies: [/✓ Reached: goal [\d.]+\/s/] },
    },
  },
  {
    stage: 6,
    known: { hosts: '10', way: 'edge>lb>web>cache>db-replica', transfer: 'second', version: 'miss', old: 'hit' },
    predictions: {
      fill: {
        said: { hits: '1-2', west: '0-20' },
        replies: [/✗ Hit ratio of the edges: you predicted 1–2 %/, /✓ Median time of a file in the west: you predicted 0–20 ms/],
      },
      names: { said: { purged: 'hit' }, replies: [/✗ Answer to request 1: you predicted the edge has the file/] },
      rare: { said: { kept: '1-2' }, replies: [/✗ Hit ratio of the edges: you predicted 1–2 %/] },
      limit: limitBut('edge', 'edge tier'),
      dies: { said: { share: '90-100' }, replies: [/✗ Files fetched from the site instead: you predicted 90–100 %/] },
      life: { said: { sent: '5-9' }, replies: [/✗ Bytes sent by the site per arrival: you predicted ×5–9/] },
      fix: { said: { change: 'web.cpu=1.5' }, replies: [/✓ Reached: goal [\d.]+\/s/] },
    },
  },
];

export function labOf(stage: number): Lab {
  const found = labs.find((one) => one.stage === stage);
  if (found === undefined) throw new Error(`There is no lab ${stage}.`);
  return found;
}
