import { learnerName, type LabProgress, type ProgressStore } from '@loadstair/labs';

const PREFIX = 'loadstair.copy.labs';

/**
 * Progress of learners in the storage of this browser.
 *
 * @param storage of the page
 */
export function progressHere(storage: Pick<Storage, 'getItem' | 'setItem'>): ProgressStore {
  const nameOf = (learner: string, what: number | 'id'): string => `${PREFIX}.${learnerName(learner)}.${what}`;
  return {
    folder: '',
    // The class page reads files; nobody else asks who has learned in this browser.
    learners: () => [],
    read(learner, stage) {
      const kept = storage.getItem(nameOf(learner, stage));
      return kept === null ? null : (JSON.parse(kept) as LabProgress);
    },
    write(progress) {
      storage.setItem(nameOf(progress.learner, progress.stage), JSON.stringify(progress));
    },
    idOf(learner) {
      const kept = storage.getItem(nameOf(learner, 'id'));
      if (kept !== null) return kept;
      const id = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      storage.setItem(nameOf(learner, 'id'), id);
      return id;
    },
  };
}
