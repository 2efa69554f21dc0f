import type { ReactNode } from 'react';
import type { Block, LabSummary } from '@loadstair/labs';
import { Link } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Prose } from './prose.tsx';
import { storedLearner } from './learner.ts';

interface LabAnswer {
  readonly stage: number;
  readonly slug: string;
  readonly title: string;
  readonly goal: readonly Block[];
  readonly background: readonly Block[];
  readonly steps: readonly { readonly step: string; readonly title: string }[];
}

/** What a lab is about, and its steps. */
export function LabPage({ stage }: { readonly stage: number }): ReactNode {
  useTitle(`Lab ${stage}`);
  const { reading } = useReading<LabAnswer>(`/api/labs/${stage}`);
  const { reading: summary } = useReading<{ labs: readonly LabSummary[] }>(
    `/api/labs?${new URLSearchParams({ learner: storedLearner() })}`,
  );
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="the lab" />;
  const lab = reading.answer;
  const own = 'answer' in summary ? summary.answer.labs.find((one) => one.stage === stage) : undefined;
  const next = lab.steps[(own?.next?.number ?? 1) - 1] ?? lab.steps[0];
  return (
    <>
      <h1>
        Lab {lab.stage}: {lab.title}
      </h1>
      <Prose blocks={lab.goal} />
      <h2>Background</h2>
      <Prose blocks={lab.background} />
      <h2>Steps</h2>
      <ol>
        {lab.steps.map(({ step, title }) => (
          <li key={step}>
            <Link href={`/labs/${stage}/${step}`}>{title}</Link>
          </li>
        ))}
      </ol>
      {next === undefined ? null : (
        <Link href={`/labs/${stage}/${next.step}`} className="button">
          {own?.begun === true ? 'Continue' : 'Start'}
        </Link>
      )}
    </>
  );
}
