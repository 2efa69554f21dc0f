import exec from 'k6/execution';
import { SharedArray } from 'k6/data';
import { sleep } from 'k6';
import type { LoadPlan, PlannedStep } from './lib/plan.ts';
import { arrivalsOf, dueTimes, journeysOf, leadS, ownLeadS } from './lib/schedule.ts';
import { chanceOf, traceparent } from './lib/trace.ts';
import { journeys } from './journeys/journeys.ts';
import { Visit } from './lib/send.ts';

declare const __ENV: Record<string, string>;

/** The one script k6 runs: every step of a plan is a scenario of its own, every iteration waits for its due time. */
const plan = JSON.parse(open(__ENV['LOADSTAIR_PLAN'] as string)) as LoadPlan;
const picture = open('./assets/picture.jpg', 'b');
const REQUEST_TIMEOUT_S = 6;
/** Computed once, not by every virtual user. */
const leads = new SharedArray('leads', () => plan.steps.map((step) => ownLeadS(plan.seed, step)));
/** Scenarios start so that the due times of neighbouring steps meet, although each has a lead of its own. */
const longestLead = Math.max(...leads);

const due = plan.steps.map((step) => new SharedArray(`due-${step.index}`, () => dueTimes(plan.seed, step)));
const who = plan.steps.map(
  (step) => new SharedArray(`journeys-${step.index}`, () => journeysOf(plan.seed, step, step.journeys ?? plan.journeys)),
);

export const options = {
  scenarios: scenarios(),
  discardResponseBodies: false,
  // An arrival is somebody new and brings a connection. Kept ones would depend on how often a virtual user comes round again,
  // and so what an arrival costs would depend on the load (docs/decisions/each-arrival-opens-a-new-connection.md).
  noVUConnectionReuse: true,
  systemTags: ['status', 'method', 'name', 'error_code', 'expected_response', 'scenario'],
  tags: { testid: plan.run, stage: String(plan.stage), profile: plan.profile },
  thresholds: {},
};

function scenarios(): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  let startS = 0;
  for (const [position, step] of plan.steps.entries()) {
    // An iteration starts its lead before its even place, and its due time may lie as much behind that place: twice the lead's
    // arrivals wait at once. The rest is for answers that take long: k6 drops an arrival that finds no virtual user.
    const waiting = Math.ceil(step.rate * leadS(step) * 2) + Math.ceil(step.rate * 0.25) + 20;
    all[`step-${step.index}`] = {
      executor: 'constant-arrival-rate',
      rate: Math.round(step.rate * 10),
      timeUnit: '10s',
      duration: `${step.holdS}s`,
      startTime: `${(startS + longestLead - (leads[position] ?? 0)).toFixed(3)}s`,
      preAllocatedVUs: waiting,
      maxVUs: waiting + Math.ceil(step.rate * REQUEST_TIMEOUT_S),
      gracefulStop: `${Math.ceil(leadS(step)) + REQUEST_TIMEOUT_S}s`,
      exec: 'arrive',
      env: { POSITION: String(position) },
      tags: { step: String(step.index) },
    };
    startS += step.holdS;
  }
  return all;
}

export function arrive(): void {
  const position = Number(__ENV['POSITION']);
  const step = plan.steps[position] as PlannedStep;
  const arrival = exec.scenario.iterationInTest;
  // k6 may start one iteration more than the plan has.
  if (arrival >= arrivalsOf(step)) return;
  const beganMs = exec.scenario.startTime + (leads[position] ?? 0) * 1000;
  if (arrival === 0) console.log(`S,${step.index},${beganMs}`);
  const dueMs = beganMs + ((due[position] as number[])[arrival] ?? 0);
  const waitMs = dueMs - Date.now();
  if (waitMs > 0) sleep(waitMs / 1000);
  const next = chanceOf(plan.seed, step.index, arrival);
  const journey = (who[position] as (keyof typeof journeys)[])[arrival] ?? 'browse';
  const region = plan.regions?.[arrival % plan.regions.length] ?? null;
  const base = step.baseUrls?.[arrival % step.baseUrls.length] ?? region?.baseUrl ?? plan.baseUrl;
  const visit = new Visit({ base, region, step: step.index, arrival, journey, dueMs, traceparent: traceparent(next, plan.tracedShare) });
  journeys[journey](visit, { users: plan.users, photos: plan.photos, next, picture });
}
