import { useEffect, useState, type ReactNode } from 'react';
import { calibrationLines, calibrationOf, type Calibration } from '@loadstair/labs/calibration';
import { read } from '../lab/client.ts';
import { storedKey } from '../lab/key.ts';

/** How sure somebody was, and how often right; nothing until a run has judged a prediction. */
export function CalibrationList({
  calibration,
  title,
}: {
  readonly calibration: readonly Calibration[];
  readonly title: string;
}): ReactNode {
  const lines = calibrationLines(calibration);
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/**
 * The same of one learner. Who has no key does not see it: what a learner said is told to the learner alone.
 *
 * @param stage the lab whose predictions count; all labs when null
 */
export function LearnersCalibration({ learner, stage }: { readonly learner: string; readonly stage: number | null }): ReactNode {
  const [calibration, setCalibration] = useState<readonly Calibration[]>([]);
  useEffect(() => {
    if (storedKey() === null) return;
    const leaving = new AbortController();
    read(leaving.signal, 'GET /api/labs/log', { query: { learner } }).then(
      ({ labs }) => {
        const counted = labs.filter((lab) => stage === null || lab.stage === stage);
        setCalibration(calibrationOf(counted.flatMap(({ steps }) => steps)));
      },
      () => {
        // The page around it says when labd does not answer.
      },
    );
    return () => leaving.abort();
  }, [learner, stage]);
  return <CalibrationList calibration={calibration} title="How sure you were, and how often right" />;
}
