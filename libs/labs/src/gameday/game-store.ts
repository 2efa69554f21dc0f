import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeInNewFolder } from '@loadstair/kit/node';
import { DamagedProgress, learnerName } from '../progress-store.ts';
import { GAME_LOG, type GameLog } from './game-log.ts';

/** Gamedays of every learner of this machine: `.lab/labs/<learner>/gamedays/<code>-<stage>-<level>.json`. */
export interface GameStore {
  /** Null when this learner has not begun it. Throws DamagedProgress. */
  read(learner: string, game: Pick<GameLog, 'code' | 'stage' | 'level'>): GameLog | null;
  write(learner: string, log: GameLog): void;
  /** All of a learner, in the order in which they began. Throws DamagedProgress. */
  all(learner: string): GameLog[];
}

const FOR_THE_LAB_ALONE = 0o600;

export function createGameStore(labFolder: string): GameStore {
  const folderOf = (learner: string): string => join(labFolder, 'labs', learnerName(learner), 'gamedays');
  const fileOf = (learner: string, { code, stage, level }: Pick<GameLog, 'code' | 'stage' | 'level'>): string =>
    join(folderOf(learner), `${code}-${stage}-${level}.json`);
  return {
    read(learner, game) {
      const file = fileOf(learner, game);
      return existsSync(file) ? readGame(file) : null;
    },
    write(learner, log) {
      writeWholeInNewFolder(fileOf(learner, log), `${JSON.stringify(log, null, 2)}\n`, { mode: FOR_THE_LAB_ALONE });
    },
    all(learner) {
      const folder = folderOf(learner);
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => readGame(join(folder, file)))
        .sort((a, b) => (a.beganAt < b.beganAt ? -1 : 1));
    },
  };
}

function readGame(file: string): GameLog {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DamagedProgress(file, (error as Error).message);
  }
  const parsed = GAME_LOG.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new DamagedProgress(file, parsed.error.issues[0]?.message ?? 'it is of another shape');
}
