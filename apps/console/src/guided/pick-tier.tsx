import type { ReactNode } from 'react';
import type { Form } from '@loadstair/labs';
import type { Topology } from '@loadstair/topology';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import type { Given } from './given.ts';

/** The same choice as in the list above it, taken on the picture of the topology. */
export function PickTier({
  ask,
  form,
  topology,
  given,
  onGiven,
}: {
  readonly ask: string;
  readonly form: Form;
  readonly topology: Topology;
  readonly given: Given;
  readonly onGiven: (given: Given) => void;
}): ReactNode {
  const tier = given.unsure ? '' : given.choice;
  const labels = new Map(form.kind === 'choice' ? form.options.map(({ value, label }) => [value, label]) : []);
  return (
    <>
      <p className="muted above-picture">Or select the tier in the picture:</p>
      <TopologyPicture
        topology={topology}
        store={null}
        named={null}
        predicted={tier === '' ? null : { tier, says: 'you say' }}
        pick={{
          ask,
          tier,
          labelOf: ({ name }) => labels.get(name) ?? name,
          onPick: (name) => onGiven({ ...given, choice: name, unsure: false }),
        }}
      />
    </>
  );
}
