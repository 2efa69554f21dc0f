import type { ReactNode } from 'react';
import { latencyOverlay, type Over } from '@loadstair/report-view';
import type { ComparisonRecord } from '@loadstair/runs';
import { useSearchParams } from 'wouter';
import { Shared } from '../report/shared.tsx';
import { Choice } from '../shell/choice.tsx';
import { useNarrow } from '../shell/use-narrow.ts';

/** Width of a chart on a phone, px. */
const NARROW = 350;
const OVERS: Readonly<Record<Over, string>> = { share: 'share of its own capacity', load: 'arrivals/s' };

/** Latency of all arms in one picture; which one is blue, and over what, stands in the address. */
export function LatencyAgainstLoad({ record: { arms, slo } }: { readonly record: ComparisonRecord }): ReactNode {
  const [query, setQuery] = useSearchParams();
  const narrow = useNarrow();
  const chosen = query.get('chosen') ?? arms.at(-1)?.label ?? '';
  const over: Over = query.get('over') === 'load' ? 'load' : 'share';
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    setQuery(next, { replace: true });
  };
  const without = over === 'load' ? [] : arms.filter(({ latency }) => latency.share.length === 0);
  return (
    <section id="latency">
      <h2>Latency against load</h2>
      <div className="choices">
        <Choice
          label="Highlighted"
          value={chosen}
          any={null}
          options={arms.map(({ label }) => label)}
          onChoose={(value) => choose('chosen', value)}
        />
        <Choice
          label="Load as"
          value={over}
          any={null}
          options={Object.keys(OVERS)}
          words={(one) => OVERS[one as Over]}
          onChoose={(value) => choose('over', value)}
        />
      </div>
      <figure className="overlay">
        <Shared part={latencyOverlay(arms, slo, chosen, over, narrow ? NARROW : undefined)} />
        <figcaption>
          The runs of a variant are taken together. The vertical strokes reach from its lowest run to its highest.
          {without.map(({ label }) => ` ${label} has no line, because its capacity was not measured.`)}
        </figcaption>
      </figure>
    </section>
  );
}
