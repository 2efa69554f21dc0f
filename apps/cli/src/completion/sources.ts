import type { StatusAnswer } from '@loadstair/lab-api';
import type { Candidate, Kind, Typed } from './candidates.ts';

/** What there is of each kind, read when it is asked for: the catalogue, stored runs, and the site that is up. */
export async function sources(kind: Kind, typed: Typed): Promise<readonly Candidate[]> {
  switch (kind) {
    case 'stage': {
      const { stages } = await import('@loadstair/stages');
      return stages.map(({ topology }) => ({ value: String(topology.stage), about: topology.slug }));
    }
    case 'profile': {
      const { profiles } = await import('@loadstair/load');
      return profiles.map(({ name, purpose }) => ({ value: name, about: purpose }));
    }
    case 'setting': {
      const { settingsOfStages, stages } = await import('@loadstair/stages');
      const known = stages.some(({ topology }) => topology.stage === typed.stage);
      const rows = settingsOfStages(known ? (typed.stage ?? undefined) : undefined);
      return rows.flatMap(({ tier, key, meaning, takes }) => {
        const name = `${tier}.${key}=`;
        const words = takes.kind === 'word' ? takes.words.map((word) => ({ value: name + word, about: meaning })) : [];
        return [{ value: name, about: meaning }, ...words];
      });
    }
    case 'experiment': {
      const { experiments } = await import('@loadstair/stages');
      return experiments().map(({ name, title }) => ({ value: name, about: title }));
    }
    case 'run': {
      const [{ createStore }, { LAB_FOLDER }] = await Promise.all([import('@loadstair/runs'), import('@loadstair/lab-api/folders')]);
      const runs = createStore(LAB_FOLDER).list();
      const latest = runs.length === 0 ? [] : [{ value: 'latest', about: 'the newest run' }];
      return [
        ...latest,
        ...runs.map((run) => ({
          value: run.id,
          about: run.kind === 'damaged' ? 'damaged' : `stage ${run.manifest.stage}, ${run.manifest.experiment ?? run.manifest.profile}`,
        })),
      ];
    }
    case 'host': {
      const status = await statusOf(typed.instance);
      return (status?.hosts ?? []).map(({ name, state }) => ({ value: name, about: state }));
    }
    case 'tier': {
      const status = await statusOf(typed.instance);
      return [...new Set(status?.hosts.map(({ tier }) => tier))].map((tier) => ({ value: tier, about: 'tier' }));
    }
    case 'place': {
      const [{ stages }, { placesOf }] = await Promise.all([import('@loadstair/stages'), import('@loadstair/topology')]);
      const names = stages.flatMap(({ topology }) => placesOf(topology).map(({ name }) => name));
      return [...new Set(names)].map((name) => ({ value: name, about: 'place' }));
    }
    case 'files':
      return [];
  }
}

async function statusOf(instance: number): Promise<StatusAnswer | undefined> {
  const { findLabd } = await import('@loadstair/lab-client/find-labd');
  return (await findLabd(instance))?.call('GET /api/status');
}
