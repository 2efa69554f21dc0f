import type { ReactNode } from 'react';
import type { ClassColumn } from '@loadstair/labs';
import { useReading } from '../lab/use-reading.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';

/** On the topology of a lab, the tier that was most often predicted and is not the limit. */
export function WrongHosts({ stage, columns }: { readonly stage: number; readonly columns: readonly ClassColumn[] }): ReactNode {
  const { reading } = useReading('GET /api/stages', []);
  const topology = 'answer' in reading ? reading.answer.find((one) => one.topology.stage === stage)?.topology : undefined;
  if (topology === undefined) return null;
  return columns.flatMap(({ step, number, title, wrong }) =>
    wrong.flatMap(({ about, said, tier, times }) =>
      tier === null
        ? []
        : [
            <figure key={`${step} ${about}`}>
              <TopologyPicture topology={topology} store={null} named={null} predicted={{ tier, says: `said ${times}×` }} />
              <figcaption>
                Step {number}, {title} ({about}): the most common wrong prediction was {said}.
              </figcaption>
            </figure>,
          ],
    ),
  );
}
