import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Puts rules in force, all in one transaction: there is no moment with a part of them. Rejects when nft refuses them; then nothing changed. */
export async function applyRules(nft: string, rules: string): Promise<void> {
  const applied = run(nft, ['-f', '-']);
  applied.child.stdin?.end(rules);
  await applied;
}
