import { expect, it } from '@jest/globals';
import type { Database } from '../storage/database.ts';
import { startActivity } from './activity.ts';

it('forgets whom it has noted before it knows too many, and notes them again', async () => {
  const batches: number[][] = [];
  const database = {
    together: (keys: readonly number[]) => [keys],
    write: async (_key: number, work: (query: unknown) => Promise<unknown>) =>
      work(async (_name: string, _text: string, [, users]: [number, number[]]) => void batches.push(users)),
  } as unknown as Database;
  // A lab day without an end.
  const activity = startActivity(database, 1e9, (error) => {
    throw error;
  });
  for (let user = 1; user <= 100_000; user += 1) activity.seen(user);
  activity.seen(100_000);
  activity.seen(100_001);
  activity.seen(100_000);
  await activity.stop();
  expect(batches.flat()).toHaveLength(100_002);
});
