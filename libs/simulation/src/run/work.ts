import { auditWork, type WorkAudit } from '@loadstair/analysis';
import { useOf, type Samples } from '@loadstair/measure';
import type { ResourceInfo, ResourceUse, Span } from '@loadstair/resources';
import type { Site } from '../site/site.ts';

/** Work that web servers do after their answers. No component of a stage has a backlog yet: these are the model's. */
export function queuesOf({ webs }: Site): ResourceInfo[] {
  return webs.flatMap(({ host, jobs }) => {
    if (jobs === null) return [];
    const { name, tier } = host;
    return [{ id: `${name}/backlog`, tier, host: name, kind: 'backlog', component: null, limit: null, waitsOn: tier }];
  });
}

export function backlogsIn(site: Site, samples: Samples, { startMs, endMs }: Span): ResourceUse[] {
  return queuesOf(site).flatMap((queue) => useOf(queue, samples, { startMs, endMs, blockS: 1 }) ?? []);
}

/** What became of every job; nothing where there are none. */
export function auditOf({ webs }: Site): { readonly audit?: readonly WorkAudit[] } {
  const audit = webs.flatMap(({ host, jobs }) => (jobs === null ? [] : [auditWork(`${host.name}/backlog`, jobs)]));
  return audit.length === 0 ? {} : { audit };
}
