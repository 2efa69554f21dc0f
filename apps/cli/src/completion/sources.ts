import type { StatusAnswer } from '@loadstair/lab-api';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { findLabd } from '@loadstair/lab-client/find-labd';
import { profiles } from '@loadstair/load';
import { createStore, type ListedRun } from '@loadstair/runs';
import { experiments, settingsOfStages, stages } from '@loadstair/stages';
import { placesOf } from '@loadstair/topology';
import type { Candidate, Kind, Typed } from './candidates.ts';

/** What there is of each kind, read when it is asked for: the catalogue, stored runs, and the site that is up. */
export async function sources(kind: Kind, typed: Typed): Promise<readonly Candidate[]> {
  switch (kind) {
    case 'stage':
      return stages.map(({ topology }) => ({ value: String(topology.stage), about: topology.slug }));
    case 'profile':
      return profiles.map(({ name, purpose }) => ({ value: name, about: purpose }));
    case 'setting':
      return settings(typed.stage);
    case 'experiment':
      return experiments().map(({ name, title }) => ({ value: name, about: title }));
    case 'run':
      return runs();
    case 'host':
      return ((await statusOf(typed.instance))?.hosts ?? []).map(({ name, state }) => ({ value: name, about: state }));
    case 'tier':
      return unique((await statusOf(typed.instance))?.hosts.map(({ tier }) => tier) ?? [], 'tier');
    case 'place':
      return unique(
        stages.flatMap(({ topology }) => placesOf(topology).map(({ name }) => name)),
        'place',
      );
    case 'files':
      return [];
  }
}

/** Of the stage that was typed; of all where none was. */
function settings(stage: number | null): Candidate[] {
  const known = stages.find(({ topology }) => topology.stage === stage)?.topology.stage;
  return settingsOfStages(known).flatMap(({ tier, key, meaning, takes }) => {
    const name = `${tier}.${key}=`;
    const words = takes.kind === 'word' ? takes.words.map((word) => ({ value: name + word, about: meaning })) : [];
    return [{ value: name, about: meaning }, ...words];
  });
}

function runs(): Candidate[] {
  const stored = createStore(LAB_FOLDER).list();
  const latest = stored.length === 0 ? [] : [{ value: 'latest', about: 'the newest run' }];
  return [...latest, ...stored.map((run) => ({ value: run.id, about: aboutRun(run) }))];
}

function aboutRun(run: ListedRun): string {
  return run.kind === 'damaged' ? 'damaged' : `stage ${run.manifest.stage}, ${run.manifest.experiment ?? run.manifest.profile}`;
}

function unique(names: readonly string[], about: string): Candidate[] {
  return [...new Set(names)].map((value) => ({ value, about }));
}

async function statusOf(instance: number): Promise<StatusAnswer | undefined> {
  return (await findLabd(instance))?.call('GET /api/status');
}
