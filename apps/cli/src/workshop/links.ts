import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Place } from '@loadstair/labs';
import { labdPort } from '@loadstair/topology';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';

/** Where a run can be read: its page, and its report where it has one. */
export function runLinks(run: string, hasReport: boolean, instance: number): string[] {
  return [pageOf(`/runs/${run}`, instance), `./lab show ${run}${hasReport ? `   ${reportOf(run)}` : ''}`];
}

/** Where on it. */
export function placeLinks(place: Place, instance: number): string[] {
  if (place.kind === 'step') return [pageOf(`/labs/${place.stage}/${place.step}`, instance)];
  if (place.kind === 'stage') return [pageOf(`/stages/${place.stage}`, instance), `./lab stages ${place.stage}`];
  const query = place.step === null ? '' : `?step=${place.step}`;
  return [
    pageOf(`/runs/${place.run}${query}#${place.anchor}`, instance),
    place.anchor === 'outcome' ? `./lab show ${place.run}` : `${reportOf(place.run)}#${place.anchor}`,
  ];
}

function pageOf(path: string, instance: number): string {
  return `http://127.0.0.1:${labdPort(instance)}${path}`;
}

/** A recorded run stands apart from those of this lab. */
function reportOf(run: string): string {
  const own = join(LAB_FOLDER, 'runs', run);
  const folder = existsSync(own) ? own : join(LAB_FOLDER, 'recorded', 'runs', run);
  return relative(REPO_FOLDER, join(folder, 'report.html'));
}
