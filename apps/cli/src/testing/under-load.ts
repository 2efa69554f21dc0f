import { eventually } from './eventually.ts';
import { startOpenLoop, type Sent } from './open-loop.ts';

/**
 * Does something while requests go on, some before and some after it.
 *
 * @param work may itself wait, by `goesOn`, until a second's worth of more requests has ended
 */
export async function underLoad(
  { url, client, rate }: { readonly url: string; readonly client: string; readonly rate: number },
  work: (goesOn: () => Promise<void>) => Promise<void>,
): Promise<readonly Sent[]> {
  const loop = startOpenLoop(url, client, rate);
  const goesOn = async (): Promise<void> => {
    const before = loop.ended();
    await eventually('answers afterwards', 20_000, () => (loop.ended() >= before + rate ? true : null));
  };
  try {
    await eventually('the first answers', 10_000, () => (loop.ended() >= rate / 2 ? true : null));
    await work(goesOn);
    await goesOn();
  } finally {
    await loop.stop();
  }
  return loop.stop();
}
