import { createHash } from 'node:crypto';
import type { GameLog } from './game-log.ts';

/** A hash over a game and its cause. */
export function sealOf(game: Pick<GameLog, 'code' | 'version' | 'stage' | 'level'>, cause: string): string {
  const { code, version, stage, level } = game;
  return createHash('sha256')
    .update(JSON.stringify([code, version, stage, level, cause]))
    .digest('hex');
}
