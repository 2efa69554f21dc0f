import { milliseconds, percent } from '@loadstair/analysis';
import { answersAgain, dividesWork, failuresWithin, longestWait, replicaLag } from '@loadstair/experiments';
import { choice, range, reading, type Question } from '../question.ts';
import { asRange, asReading, ofPhase, secondsOf, valueOf, worded } from './measured.ts';

const WORK = [
  'Each web server counts the reads and writes that it sends to each database host.',
  'A read counts where it was answered, a write where it was committed.',
] as const;

/** Reads for each write in one phase. */
export function readsPerWriteRead(phase: string): Question {
  return reading('', {
    about: 'Reads for each write',
    means: WORK,
    measure: (seen) =>
      asReading(
        worded(ofPhase(seen, dividesWork, phase, 'readsPerWrite'), (reads) => `${reads.toFixed(1)} reads for each write`),
        1,
        0.1,
      ),
  });
}

/** Share of the reads of one phase that replicas answered. */
export function replicaReadsRead(phase: string): Question {
  return reading('%', {
    about: 'Share of the reads that replicas answered',
    means: WORK,
    measure: (seen) => asReading(worded(ofPhase(seen, dividesWork, phase, 'readShare'), percent), 100, 1),
  });
}

const NOTICED = [
  { value: 'none', label: 'no request fails' },
  { value: 'some', label: 'some requests fail' },
] as const;

/** Whether any request fails when a host dies that has a stand-in. */
export function anyFailure(): Question {
  return choice(NOTICED, {
    about: 'What users notice',
    means: [
      'A request fails when no answer comes, when the answer is wrong, or when it takes too long.',
      'A read that got no answer can be sent again to another host, because it changes nothing.',
    ],
    measure(seen) {
      const failed = valueOf(seen, failuresWithin, 'failed');
      if ('notShown' in failed) return failed;
      return { ...failed, value: [failed.value === 0 ? 'none' : 'some'] };
    },
  });
}

/** Seconds that the slowest request waited after a host died, guessed beforehand. */
export function slowestWaitGuess(): Question {
  return range('s', {
    about: 'Slowest request',
    means: [
      'A host that lost its power answers nothing: a request that was sent to it waits until a timeout ends.',
      'The slowest request is the slowest of those that were under way when the host died or came soon after.',
    ],
    measure: (seen) => asRange(secondsOf(valueOf(seen, longestWait, 'waitMs')), 1, 0.25),
  });
}

/** 95th percentile of the response times in one phase, ms. */
export function tailLatencyRead(phase: string): Question {
  return reading('ms', {
    about: 'p95 of the response times',
    means: ['95 % of the requests were answered within the p95.', 'The other 5 % took longer.'],
    measure: (seen) =>
      asReading(
        worded(ofPhase(seen, answersAgain, phase, 'quantileMs'), (ms) => `${milliseconds(ms)} ms`),
        1,
        0.5,
      ),
  });
}

/** How far the replica that lags most is behind the primary in one phase, s. */
export function replicaLagRead(phase: string): Question {
  return reading('s', {
    about: 'Replica lag',
    means: [
      'A replica lags by the age of the newest change that it has replayed.',
      'A read from it shows the data as they were that long ago.',
    ],
    measure: (seen) =>
      asReading(
        worded(ofPhase(seen, replicaLag, phase, 'seconds'), (lagS) => `${lagS.toFixed(1)} s`),
        1,
        0.1,
      ),
  });
}
