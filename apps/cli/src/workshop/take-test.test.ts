import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDesk, type TestDesk } from '@loadstair/labs';
import { KNOWLEDGE_TEST } from '@loadstair/stages';
import { plainStream, type Io } from '@loadstair/terminal-view/io';
import { personWho } from '../testing/recorded-labs.ts';
import { scriptedAsker, type Asker } from './asker.ts';
import { takeTest } from './take-test.ts';

let folder: string;
let desk: TestDesk;
let written: string;
let io: Io;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-test-'));
  desk = createTestDesk(folder, KNOWLEDGE_TEST);
  written = '';
  const stream = plainStream((text) => (written += text), 80);
  io = { out: stream, err: stream, canAsk: true, debug: false };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const person = (says: readonly string[]): Asker => personWho(says, (text) => (written += text));
const all = (pick: (question: (typeof KNOWLEDGE_TEST)[number]) => string): string[] => KNOWLEDGE_TEST.map(pick);

describe('the test in a terminal', () => {
  it('is taken before and after, in 80 columns, and then says what was learned', async () => {
    const who = { learner: 'anna', io };
    expect(await takeTest(desk, { ...who, asker: person(all(() => '?')) })).toBe(0);
    for (const { because } of KNOWLEDGE_TEST) expect(written.replaceAll(/\s+/g, ' ')).not.toContain(because);
    expect(await takeTest(desk, { ...who, asker: person(all(({ key, right }) => (key === 'hits' ? 'little' : right))) })).toBe(0);
    const words = written.replaceAll(/\s+/g, ' ');
    expect(words).toContain('Test: 0 % right before, 90 % after. Normalised gain 0.90');
    expect(words).toContain('they fall by half.');
    expect(written.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('keeps nothing of a test that is left', async () => {
    await takeTest(desk, { learner: 'anna', io, asker: person(['?', '?', 'q']) });
    expect(written).toContain('Nothing was kept of this test.');
    expect(desk.view('anna').moment).toBe('before');
  });

  it('asks nothing of a script, and names the flag', async () => {
    const asker = scriptedAsker([], 1, io.err);
    await expect(takeTest(desk, { learner: 'anna', io, asker })).rejects.toMatchObject({ code: 'E_NO_INPUT', exit: 2 });
  });
});
