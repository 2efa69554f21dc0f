export { openRecorded, type RecordedRuns } from './open-recorded.ts';
export { askedBy, NotRecorded, type Asked } from './asked.ts';
export { eventsOf } from './events-of.ts';
export { play } from './play.ts';
export { recordStage, type Recorded } from './record-stage.ts';
export { readSets, recordedIn, type RecordedSet } from './set.ts';
