import type { ReactNode } from 'react';
import type { Filters } from '@loadstair/lab-api/run-filter';
import { useReading } from '../lab/use-reading.ts';
import { Choice } from '../shell/choice.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { asksForAny, KINDS, RESULTS } from './filters.ts';

/** @param props.onChange name of a filter in the address, and its value */
export function RunFilters({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (name: string, value: string) => void;
}): ReactNode {
  const narrow = useNarrow();
  const { reading } = useReading('GET /api/stages', []);
  const stages = 'answer' in reading ? reading.answer.map(({ topology }) => topology) : [];
  const slugOf = (number: string): string => stages.find(({ stage }) => stage === Number(number))?.slug ?? '';
  const others = (
    <>
      <Choice
        label="Stage"
        value={filters.stage}
        any="all"
        options={stages.map(({ stage }) => String(stage))}
        words={(number) => `${number} ${slugOf(number)}`}
        onChoose={(value) => onChange('stage', value)}
      />
      <Choice
        label="Kind"
        value={filters.kind}
        any="all"
        options={Object.keys(KINDS)}
        words={(kind) => KINDS[kind as keyof typeof KINDS]}
        onChoose={(value) => onChange('kind', value)}
      />
      <Choice
        label="Result"
        value={filters.result}
        any="all"
        options={Object.keys(RESULTS)}
        words={(result) => RESULTS[result as keyof typeof RESULTS]}
        onChoose={(value) => onChange('result', value)}
      />
      <label>
        From <input type="date" value={filters.from} onChange={(event) => onChange('from', event.target.value)} />
      </label>
      <label>
        To <input type="date" value={filters.to} onChange={(event) => onChange('to', event.target.value)} />
      </label>
      <label>
        <input
          type="checkbox"
          checked={filters.starred === '1'}
          onChange={(event) => onChange('starred', event.target.checked ? '1' : '')}
        />
        Starred
      </label>
    </>
  );
  return (
    <div className="choices" role="search">
      <label>
        Search{' '}
        <input
          type="search"
          value={filters.search}
          placeholder="name, profile, limit, id"
          onChange={(event) => onChange('q', event.target.value)}
        />
      </label>
      {narrow ? (
        <details className="folded" open={asksForAny({ ...filters, search: '' })}>
          <summary>Filters</summary>
          <div className="choices">{others}</div>
        </details>
      ) : (
        others
      )}
    </div>
  );
}
