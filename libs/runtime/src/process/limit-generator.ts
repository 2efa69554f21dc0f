import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { detectCgroups } from '../budgets/detect.ts';
import { groups } from './groups.ts';

/** Gives the load generator of a running instance a CPU limit, so that it cannot keep its schedule. Tests the lab, never a site. */
export async function limitGenerator(instance: number, cores: number): Promise<void> {
  (await detectCgroups()).setCpu(groups.lab(instance, 'clients'), cores);
}

/** Lets it open so many files more than it has open now, sockets among them; needs util-linux's prlimit. Tests the lab, never a site. */
export async function limitGeneratorFiles(instance: number, more: number): Promise<void> {
  for (const pid of (await detectCgroups()).processes(groups.lab(instance, 'clients'))) {
    const most = readdirSync(`/proc/${pid}/fd`).length + more;
    // As the user it runs as: even root may not set limits of another's process everywhere (CAP_SYS_RESOURCE).
    const { uid, gid } = statSync(`/proc/${pid}`);
    await promisify(execFile)('prlimit', ['--pid', String(pid), `--nofile=${most}:${most}`], { uid, gid });
  }
}
