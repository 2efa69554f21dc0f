import type { Term } from '../term.ts';

/** What is sent to a site, and how its answer is measured. */
export const LOAD_TERMS: readonly Term[] = [
  {
    term: 'arrival',
    also: ['arrivals', 'arrivals/s'],
    meaning: 'One user who begins a journey. Load is always given in arrivals per second.',
  },
  { term: 'journey', also: ['journeys'], meaning: 'The requests that one user makes, one after another.' },
  { term: 'profile', also: ['profiles'], meaning: 'A mix of journeys, the loads to offer, and the SLO that the site must meet.' },
  {
    term: 'offered load',
    also: ['offered'],
    meaning: 'Arrivals that are due per second, whether or not the site keeps up.',
  },
  { term: 'achieved', also: ['achieved rate'], meaning: 'Journeys that are completed per second.' },
  {
    term: 'late',
    meaning: 'Started after the moment it was due. An arrival that starts late is the fault of the load generator, not of the site.',
  },
  { term: 'dropped', meaning: 'Due but never started, because the load generator had no capacity left.' },
  {
    term: 'step',
    also: ['steps'],
    meaning:
      'In a run, a span of constant load: loads rise from step to step, and the last step goes back to a lower load. In a guided lab, one task.',
  },
  {
    term: 'latency',
    also: ['response time'],
    meaning: 'The time from the moment a request was due to the end of its answer.',
  },
  {
    term: 'p95',
    also: ['percentile', 'p50', 'p99'],
    meaning: 'The latency that 95 % of requests do not exceed. p50 and p99 are the same for 50 % and 99 %.',
  },
  {
    term: 'median',
    also: ['lower median', 'higher median'],
    meaning: 'The value that half of all values do not exceed; p50.',
    avoid: ['in the middle'],
  },
  {
    term: 'SLO',
    also: ['service level objective', 'SLO met', 'SLO missed'],
    meaning:
      'Service level objective: the highest latency, at a percentile, and the highest share of failed requests that a step may have.',
    avoid: ['SLO held', 'SLO broken', 'held the SLO', 'held its SLO', 'holds its SLO', 'hold its SLO', 'holding its SLO', 'broke its SLO'],
  },
  { term: 'failed request', also: ['failure', 'failures'], meaning: 'A request with no answer, an error status, or a wrong answer.' },
  { term: 'in flight', meaning: 'Requests that were sent and are not answered yet.' },
  {
    term: 'load generator',
    also: ['generator'],
    meaning: 'The program that plays the users (k6). It runs beside the site, with a share of the machine that the hosts cannot take.',
  },
  {
    term: 'warm-up',
    meaning: 'Load before the first step, so that caches are filled and code is compiled when measuring begins.',
  },
  { term: 'settling', meaning: 'The first seconds of a step, which are not measured.' },
];
