import { describe, expect, it } from '@jest/globals';
import type { RunEvent } from '@loadstair/runs';
import { play } from './play.ts';

const at = (atMs: number): RunEvent => ({ type: 'action', atMs, text: String(atMs) });
const EVENTS = [1_000_000, 1_000_200, 1_000_200, 1_000_600].map(at);

async function played(
  speed: number,
  signal = new AbortController().signal,
): Promise<{ readonly texts: string[]; readonly tookMs: number }> {
  const begunMs = performance.now();
  const texts: string[] = [];
  for await (const event of play(EVENTS, speed, signal)) texts.push(event.type === 'action' ? event.text : '');
  return { texts, tookMs: performance.now() - begunMs };
}

describe('play', () => {
  it.each([
    [1, 600],
    [10, 60],
  ])('at ×%d takes %d ms of what was measured in 600 ms', async (speed, ms) => {
    const { texts, tookMs } = await played(speed);
    expect(texts).toEqual(['1000000', '1000200', '1000200', '1000600']);
    // A timer may fire a millisecond early, and late on a busy machine.
    expect(tookMs).toBeGreaterThan(ms - 5);
    expect(tookMs).toBeLessThan(ms + 500);
  });

  it('ends when it is stopped, with what it has told', async () => {
    const stopping = new AbortController();
    const texts: string[] = [];
    for await (const event of play(EVENTS, 1, stopping.signal)) {
      texts.push(event.type);
      stopping.abort();
    }
    expect(texts).toEqual(['action']);
  });
});
