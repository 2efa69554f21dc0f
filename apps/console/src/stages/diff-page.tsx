import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { Command } from '../shell/copy-button.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { addedBy } from './added-by.ts';

/** Two stages, and what is different in the second. */
export function DiffPage({ from, to }: { readonly from: number; readonly to: number }): ReactNode {
  useTitle(`Stage ${from} to ${to}`);
  const { reading } = useReading('GET /api/stages/{stage}/diff/{other}', [{ path: { stage: String(from), other: String(to) } }]);
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="stages" />;
  const { answer } = reading;
  return (
    <>
      <h1>
        {answer.from.stage} {answer.from.slug} → {answer.to.stage} {answer.to.slug}
      </h1>
      <pre tabIndex={0}>{answer.lines.join('\n')}</pre>
      {[answer.from, answer.to].map((topology) => (
        <section key={topology.stage}>
          <h2>
            <Link href={`/stages/${topology.stage}`}>
              {topology.stage} {topology.slug}
            </Link>
          </h2>
          <TopologyPicture
            topology={topology}
            store={null}
            named={null}
            added={topology === answer.to ? addedBy(answer.from, answer.to) : []}
          />
        </section>
      ))}
      <p>
        In the terminal: <Command>{`./lab diff ${from} ${to}`}</Command>
      </p>
    </>
  );
}
