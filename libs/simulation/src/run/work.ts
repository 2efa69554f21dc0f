import { auditWork, type WorkAudit } from '@loadstair/analysis';
import { useOf, type Samples } from '@loadstair/measure';
import type { ResourceInfo, ResourceUse, Span } from '@loadstair/resources';
import type { JobQueue } from '@loadstair/simulation-engine';
import type { Site } from './site.ts';

/** Work that servers do after their answers. No component of a stage has a backlog yet: these are the model's. */
export function queuesOf(site: Site): ResourceInfo[] {
  return jobsOf(site).map(({ id, host: { name, tier } }) => ({
    id,
    tier,
    host: name,
    kind: 'backlog',
    component: null,
    limit: null,
    waitsOn: tier,
  }));
}

export function backlogsIn(site: Site, samples: Samples, { startMs, endMs }: Span): ResourceUse[] {
  return queuesOf(site).flatMap((queue) => useOf(queue, samples, { startMs, endMs, blockS: 1 }) ?? []);
}

/** What became of every job; nothing where there are none. */
export function auditOf(site: Site): { readonly audit?: readonly WorkAudit[] } {
  const audit = jobsOf(site).map(({ id, jobs }) => auditWork(id, jobs));
  return audit.length === 0 ? {} : { audit };
}

function jobsOf({
  servers,
}: Site): { readonly id: string; readonly host: { readonly name: string; readonly tier: string }; readonly jobs: JobQueue }[] {
  return servers.flatMap(({ host, server: { jobs } }) =>
    jobs === undefined || jobs === null ? [] : [{ id: `${host.name}/backlog`, host, jobs }],
  );
}
