import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { diagnose, verdictLines } from '@loadstair/analysis';
import { Problem } from '@loadstair/kit';
import { createDesk, createProgressStore, type LabDesk } from '@loadstair/labs';
import { recordedRun } from '@loadstair/labs/testing';
import type { OpenedRun } from '@loadstair/runs';
import { labs } from '@loadstair/stages';
import { plainStream, type Io } from '@loadstair/terminal-view/io';
import { personWho, recordedRunner } from '../testing/recorded-labs.ts';
import { scriptedAsker, type Asker } from './asker.ts';
import type { LabRunner, RunEnd } from './runner.ts';
import { takeLab, type Session } from './session.ts';

let folder: string;
let runs: Map<string, OpenedRun>;
let desk: LabDesk;
let written: { out: string; err: string };
let io: Io;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-workshop-'));
  runs = new Map();
  written = { out: '', err: '' };
  io = {
    out: plainStream((text) => (written.out += text)),
    err: plainStream((text) => (written.err += text)),
    canAsk: true,
    debug: false,
  };
  desk = createDesk({ labs, progress: createProgressStore(folder), runs: { open: (id) => runs.get(id) as OpenedRun } });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const recorded = (...instead: (OpenedRun | RunEnd | Error)[]): LabRunner => recordedRunner(runs, ...instead);
const person = (...says: string[]): Asker => personWho(says, (text) => (written.err += text));

function session(asker: Asker, runner = recorded()): Session {
  return {
    desk,
    learner: 'anna',
    quick: true,
    runner,
    asker,
    io,
    instance: 1,
    openRun: (id) => {
      const run = runs.get(id) as OpenedRun;
      return { run, lines: verdictLines(run.verdict, run.runData) };
    },
  };
}

const states = (stage: number): (string | null)[] => desk.progress('anna', stage).steps.map((step) => step.ended?.how ?? null);
const tooLong = (): string[] => `${written.out}${written.err}`.split('\n').filter((line) => [...line].length > 80);

describe('a lab taken by somebody who is right', () => {
  it.each([
    {
      stage: 1,
      says: [
        ...['1', '2'],
        ...['address', 'json'],
        ...['25-60', 'joins', '2', '70', '23.7', 'more reads'],
        ...['cpu', '30-60', 'all share it', '3', 'cpu', '29.4', '100', 'database', 'the database'],
      ],
    },
    {
      stage: 2,
      says: [
        ...['2', 'web'],
        ...['web', '40-100', 'templates', '2', 'cpu', '100', 'db', 'free', 'the web host'],
        ...['1-1.2', 'the web limits', '2', '1.96', 'size what limits'],
        ...['3-6', 'four times', '1', '4.97', 'refused', 'when one is enough'],
        ...['all', 'nobody else answers', '3', '4.8', 'crash', 'a second one'],
        ...['0.1-0.5', 'one row instead of many', '2', '0.44', 'what is read far more often than it changes'],
        ...['web.cpu=1.7 db.cpu=1', 'db', 'two small hosts'],
      ],
    },
    {
      stage: 3,
      says: [
        ...['4', '3'],
        ...['db', '80-140', 'two webs share one db', '2', 'cpu', '99', 'web', 'symptom', 'hold time'],
        ...['0-3', 'health checks', '2', '12', 'look more often'],
        ...['shorter', 'its kernel answers', '2', '2', 'both'],
        ...['refused', 'it is private', '3', 'connected', 'no balance'],
        ...['none', 'one way in', '3', '0.17', 'database', 'a second balancer'],
        ...['db', 'same', 'it is the database', '3', 'cpu', '99', 'a replica'],
        ...['db.cpu=1.4 lb.cpu=0.9', 'web', 'a smaller balancer'],
        ...['30-36', 'even shares', '2', '2', 'add another'],
      ],
    },
    {
      stage: 4,
      says: [
        ...['6', '3'],
        ...['db-replica', '100-170', 'all ask the same', '2', 'cpu', '85', 'web', 'a cache'],
        ...['1.5-2.5', 'reads move away', '2', '3.6', '86', 'more replicas'],
        ...['none', 'it asks another', '2', '0.1', 'ask again'],
        ...['0-3', 'promoted at once', '1', '3.1', '34', 'who orders'],
        ...['0-3', 'promoted at once', '2', '0', 'far', 'who writes'],
        ...['db-replica.cpu=0.75 lb.cpu=1', 'web', 'a third replica'],
        ...['none', 'the primary answers', '1', '7.3', 'two replicas'],
        ...['4-6', 'a limit of five seconds', '1', '0', 'a shorter limit'],
        ...['10-30', 'a second late', '1', '1.18', 'ask the primary'],
      ],
    },
  ])('lab $stage is done from start to end', async ({ stage, says }) => {
    const status = await takeLab(stage, session(person(...says)));
    expect({ status, states: states(stage), said: written.err.match(/^✗.*$/gm) }).toEqual({
      status: 0,
      states: labs[stage - 1]?.steps.map(() => 'passed'),
      said: null,
    });
    expect(written.err).toContain(`✓ Lab ${stage} is done.`);
    const isOptional = labs[stage - 1]?.steps.some((step) => step.optional);
    expect(written.err.includes('The steps that follow are optional: q leaves.')).toBe(isOptional);
    expect(tooLong()).toEqual([]);
  });
});

describe('a lab taken by somebody who is wrong', () => {
  it('shows the longer explanation, then hints one at a time, and goes on', async () => {
    desk.skip({ learner: 'anna', stage: 3, step: 'look', quick: true });
    const status = await takeLab(3, session(person('web', '5-10', 'php is slow', 'very', 'pool', 'h', 'h', 'h', 'r', 'cpu', 'q')));
    const { err } = written;
    expect(status).toBe(0);
    expect(err).toMatch(/^Locked, [0-9a-f]{12}\. It cannot be changed now\.\nRunning \.\/lab run 3 --quick, 1:25 …$/m);
    expect(err).toMatch(/✗ First to run out: you predicted web tier\. Measured: db-1 CPU at [\d.]+\/s/);
    expect(err).toMatch(/^ {4}\d+ % busy in step/m);
    expect(err).toMatch(/✗ What runs out: you answered connection pool\. Measured: db-1 CPU/);
    expect(err).toContain('h: hint 1 of 3   r: read again   s: skip the step   q: leave');
    const order = [
      'hint 1 of 3  Look at',
      'http://127.0.0.1:4600/runs/r0?step=',
      'hint 2 of 3',
      'hint 3 of 3',
      '✓ What runs out: you answered CPU.',
    ];
    const places = order.map((text) => err.indexOf(text));
    expect({ order, places }).toEqual({ order, places: places.toSorted((a, b) => a - b) });
    expect(places[0]).toBeGreaterThan(0);
    expect(tooLong()).toEqual([]);
    expect(states(3)).toEqual(['skipped', ...Array.from({ length: 8 }, () => null)]);
  });

  it('asks again what is unclear, and judges nothing of it', async () => {
    await takeLab(1, session(person('one', '', '1', 'two', '2', 'q')));
    expect(written.err.match(/A number is needed/g)).toHaveLength(2);
    expect(written.err).toContain('Nothing was typed.');
    expect(desk.progress('anna', 1).steps[0]?.checks['hosts']?.tries).toHaveLength(1);
  });
});

describe('a site that is mended', () => {
  const skipTo = (stage: number, last: string): void => {
    for (const { id } of labs[stage - 1]?.steps ?? []) if (id !== last) desk.skip({ learner: 'anna', stage, step: id, quick: true });
  };

  it('is run unchanged first, and then as often as it takes', async () => {
    skipTo(2, 'fix');
    const status = await takeLab(2, session(person('', 'web.cpu=4', 'web.speed=2', 'web.cpu=1.5', 'web.cpu=1.7, db.cpu=1', 'db', 'less')));
    const { err } = written;
    expect(status).toBe(0);
    expect(err).toContain('Run the site unchanged?');
    expect(err).toContain('Running ./lab run 2 --quick, 1:25 …');
    expect(err).toMatch(/This change costs more than the budget allows\./);
    expect(err).toMatch(/web\.speed/);
    expect(err).toMatch(/✗ Not reached: goal [\d.]+\/s/);
    expect(err).toContain('Running ./lab run 2 --set web.cpu=1.7 --set db.cpu=1 --quick, 1:25 …');
    expect(err).toMatch(/✓ Reached: goal [\d.]+\/s/);
    expect(tooLong()).toEqual([]);
    expect(states(2).at(-1)).toBe('passed');
  });

  it('asks for nothing of a script, and names the flag', async () => {
    skipTo(2, 'fix');
    const scripted = (...given: string[]): Session => session(scriptedAsker(given, 2, io.err));
    expect(await takeLab(2, scripted())).toBe(0);
    await expect(takeLab(2, scripted())).rejects.toMatchObject({ do: './lab workshop 2 --answer change=…' });
    expect(await takeLab(2, scripted('change=web.cpu=1.5'))).toBe(5);
    await expect(takeLab(2, scripted('change=web.cpu=4'))).rejects.toMatchObject({ code: 'E_LAB_BUDGET', exit: 2 });
  });
});

describe('leaving and coming back', () => {
  it('goes on with the exact question', async () => {
    expect(await takeLab(1, session(person('1', 'q')))).toBe(0);
    expect(written.err).toContain('Your place is kept.\nnext   ./lab workshop 1\n');
    written.err = '';
    await takeLab(1, session(person('2', 'address', 'json', '20-50', 'q')));
    // The goal of the lab is told once, and what was answered is not asked again.
    expect(written.err).not.toContain('How many hosts');
    expect(written.err).not.toContain('Put more and more load on a site');
    expect(states(1)).toEqual(['passed', 'passed', null, null]);
    // Left before the lock: nothing was predicted.
    expect(desk.progress('anna', 1).steps[2]?.prediction).toBeNull();
  });

  it('after a lock runs what was locked, without asking for it again', async () => {
    const interrupted: RunEnd = { kind: 'interrupted', status: 130 };
    expect(await takeLab(1, session(person('1', '2', 'address', 'json', '20-50', 'joins', '2'), recorded(interrupted)))).toBe(130);
    expect(written.err).toContain('Your prediction is still open.');
    written.err = '';
    await takeLab(1, session(person('', 'q')));
    expect(written.err).toContain('Run, 0:30?');
    expect(written.err).not.toContain('what share of the used CPU will');
    expect(written.err).toMatch(/[✓✗] CPU share of the database: you predicted 20–50 %/);
  });
});

describe('what is not the learner’s doing', () => {
  const predicted = ['1', '2', 'address', 'json', '20-50', 'joins', '2'] as const;

  it('a refused run judges nothing, and is run again', async () => {
    for (const step of ['look', 'name', 'split']) desk.skip({ learner: 'anna', stage: 1, step, quick: true });
    const asker = person('cpu', '30-60', '', 'guess', '', 'q');
    await takeLab(1, session(asker, recorded(recordedRun('refused-short-lock'))));
    expect(written.err).toContain('× This run cannot be judged (SHORT), so your prediction is still open.');
    expect(written.err).toContain('✓ What runs out: you predicted CPU.');
    expect(desk.view({ learner: 'anna', stage: 1, step: 'limit', quick: true }).checks?.every((check) => check.tries === 0)).toBe(true);
  });

  it('a lab that breaks says so with its own error, and keeps the prediction', async () => {
    const broken = new Problem({ what: 'Port 5432 is taken.', why: 'pid 1', do: 'stop it', code: 'E_PORT_TAKEN', exit: 1 });
    await expect(takeLab(1, session(person(...predicted), recorded(broken)))).rejects.toBe(broken);
    const view = desk.view({ learner: 'anna', stage: 1, step: 'split', quick: true });
    expect(view).toMatchObject({ moment: 'run', happened: { kind: 'broke', text: expect.stringContaining('Port 5432 is taken.') } });
  });

  it('a run in which nothing ran out does not make a prediction wrong', async () => {
    desk.skip({ learner: 'anna', stage: 2, step: 'look', quick: true });
    const run = recordedRun('stage-2-quick-web-cpu');
    const steps = run.runData.steps.filter((step) => step.kind !== 'load' || step.index <= 2);
    const verdict = diagnose({ ...run.runData, steps });
    const calm = { ...run, runData: { ...run.runData, steps }, verdict };
    await takeLab(2, session(person('web', '40-90', '', '3', 'a', 'q'), recorded(calm)));
    expect(verdict.kind).toBe('none-in-range');
    expect(written.err).toMatch(/× First to run out: this run did not show it\. Nothing ran out up to [\d.]+\/s/);
    expect(written.err).not.toContain('✗');
    // Asked for, it runs again, and what was locked is judged by that run.
    const [before, after] = written.err.split('a: run again, at any check');
    expect(before).not.toContain('✓');
    expect(after).toContain('✓ First to run out: you predicted web-1.');
  });
});

describe('without a terminal', () => {
  const scripted = (...given: string[]): Session => session(scriptedAsker(given, 1, io.err));

  it('answers given beforehand take one step', async () => {
    expect(await takeLab(1, scripted('hosts=1', 'programs=2'))).toBe(0);
    expect(states(1)).toEqual(['passed', null, null, null]);
    expect(await takeLab(1, scripted('needed=address', 'format=json'))).toBe(0);
    expect(await takeLab(1, scripted('database=20-50', 'why=joins', 'sure=very', 'web=70', 'half=23.7', 'reflect=more reads'))).toBe(0);
    expect(states(1)).toEqual(['passed', 'passed', 'passed', null]);
  });

  it('the first thing that has no answer is an error that names the flag', async () => {
    await expect(takeLab(1, scripted())).rejects.toMatchObject({ code: 'E_NO_INPUT', exit: 2, do: './lab workshop 1 --answer hosts=…' });
  });

  it('what was done is kept, and the next question named', async () => {
    await takeLab(1, scripted('hosts=1', 'programs=2'));
    await takeLab(1, scripted('needed=address', 'format=json'));
    written.err = '';
    expect(await takeLab(1, scripted('database=20-50'))).toBe(0);
    expect(written.err).toContain('next   ./lab workshop 1 --answer web=…');
  });

  it('a check that is not met is exit 5, a refused run exit 3', async () => {
    expect(await takeLab(1, scripted('hosts=2'))).toBe(5);
    expect(await takeLab(1, scripted('hosts=1', 'programs=2'))).toBe(0);
    for (const step of ['name', 'split']) desk.skip({ learner: 'anna', stage: 1, step, quick: true });
    const refused = session(scriptedAsker(['resource=cpu', 'load=?'], 1, io.err), recorded(recordedRun('refused-short-lock')));
    expect(await takeLab(1, refused)).toBe(3);
  });

  it('an answer that is none is an error, not an endless question', async () => {
    await expect(takeLab(1, scripted('hosts=one'))).rejects.toMatchObject({ code: 'E_LAB_ANSWER', exit: 2 });
  });
});
