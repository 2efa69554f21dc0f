import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { writeWholeInNewFolder } from '@loadstair/kit/node';
import { LAB_PROGRESS, type LabProgress } from './progress.ts';

/** Progress of every learner of this machine: `.lab/labs/<learner>/<stage>.json`. */
export interface ProgressStore {
  readonly folder: string;
  /** Who has begun something, in order of their names. */
  learners(): string[];
  /** Null when this learner has not begun this lab. Throws DamagedProgress. */
  read(learner: string, stage: number): LabProgress | null;
  write(progress: LabProgress): void;
  /** Tells this learner from another of the same name on another machine: eight hex digits, drawn when it is first asked for. */
  idOf(learner: string): string;
}

/** Exit status 2. */
export class DamagedProgress extends Problem {
  constructor(file: string, why: string) {
    super({ what: `${file} holds no progress of a lab.`, why, do: 'move the file away to begin again', code: 'E_LAB_PROGRESS', exit: 2 });
  }
}

/** Exit status 2. */
export class BadLearner extends Problem {
  constructor(name: string) {
    super({
      what: `“${name}” cannot be the name of a learner.`,
      why: 'a name is up to 40 letters, digits, spaces, apostrophes, dots and dashes, and begins with a letter or digit',
      do: './lab workshop --learner anna',
      code: 'E_LEARNER',
      exit: 2,
    });
  }
}

/** Letters of any script with their marks, and what stands inside names: O'Brien, Ka‘ahumanu, Gal·la. None of it leads out of a folder. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’‘ʻʼ·-]{0,39}$/u;
/** What learners say is theirs. */
const FOR_THE_LAB_ALONE = 0o600;

/** The name as it is kept, the same however its accents were typed. Throws BadLearner. */
export function learnerName(typed: string): string {
  const name = typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (!NAME.test(name)) throw new BadLearner(typed);
  return name;
}

export function createProgressStore(labFolder: string): ProgressStore {
  const folder = join(labFolder, 'labs');
  const fileOf = (learner: string, stage: number): string => join(folder, learnerName(learner), `${stage}.json`);
  return {
    folder,
    learners() {
      if (!existsSync(folder)) return [];
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && NAME.test(entry.name) && hasBegun(join(folder, entry.name)))
        .map((entry) => entry.name)
        .sort((a, b) => a.localeCompare(b));
    },
    read(learner, stage) {
      const file = fileOf(learner, stage);
      return existsSync(file) ? readProgress(file) : null;
    },
    write(progress) {
      writeWholeInNewFolder(fileOf(progress.learner, progress.stage), `${JSON.stringify(progress, null, 2)}\n`, {
        mode: FOR_THE_LAB_ALONE,
      });
    },
    idOf(learner) {
      const file = join(folder, learnerName(learner), 'id');
      if (existsSync(file)) return readFileSync(file, 'utf8').trim();
      const id = randomBytes(4).toString('hex');
      writeWholeInNewFolder(file, `${id}\n`, { mode: FOR_THE_LAB_ALONE });
      return id;
    },
  };
}

function hasBegun(folder: string): boolean {
  return readdirSync(folder).some((file) => file.endsWith('.json'));
}

function readProgress(file: string): LabProgress {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DamagedProgress(file, (error as Error).message);
  }
  const parsed = LAB_PROGRESS.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DamagedProgress(file, issue === undefined ? 'it is of another shape' : `${issue.path.join('.')}: ${issue.message}`);
}
