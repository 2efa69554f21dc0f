import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What `./lab console --recorded` came to for somebody who has nothing but a checkout. */
export interface RecordedConsole {
  /** From the command to the last answer that its first page needs, ms. */
  readonly firstPageMs: number;
  /** What every page says above its content. */
  readonly says: string | null;
  /** Runs that are listed. */
  readonly runs: number;
  /** Addresses that did not answer with 200. */
  readonly failed: readonly string[];
  /** Exit status after Ctrl-C. */
  readonly status: number | null;
}

/** Runs as a program in the checkout, beside nothing else; prints a RecordedConsole as JSON. */
async function look(): Promise<RecordedConsole> {
  const begunMs = performance.now();
  const child = spawn('./lab', ['console', '--recorded'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const failed: string[] = [];
  const printed = await firstLine(child.stdout);
  const address = /^console {2}(\S+)#/.exec(printed)?.[1] ?? '';
  const get = async (path: string): Promise<string> => {
    const response = await fetch(new URL(path, address));
    if (response.status !== 200) failed.push(path);
    return response.text();
  };
  const page = await (await fetch(address, { headers: { accept: 'text/html' } })).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  const [status] = await Promise.all(['/api/status', '/api/measured', '/api/runs', ...assets].map(get));
  const firstPageMs = performance.now() - begunMs;
  const { recorded } = JSON.parse(status ?? '{}') as { recorded?: { says: string } };
  let runs: string[] = [];
  for (let pageNumber = 1, pages = 1; pageNumber <= pages; pageNumber += 1) {
    const list = JSON.parse(await get(`/api/runs?page=${pageNumber}`)) as { runs: { id: string }[]; pages: number };
    runs = [...runs, ...list.runs.map(({ id }) => id)];
    pages = list.pages;
  }
  for (const run of runs) {
    for (const path of ['', '/report', '/traces', '/logs', '/over-time', '/events', '/dashboards/run', '/confirmation'])
      await get(`/api/runs/${run}${path}`);
  }
  for (const path of ['/api/stages', '/api/profiles', '/api/alerts', '/api/searches', '/api/baseline']) await get(path);
  child.kill('SIGINT');
  return { firstPageMs, says: recorded?.says ?? null, runs: runs.length, failed, status: await ended };
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) return line;
  throw new Error('It ended without a line.');
}

process.stdout.write(JSON.stringify(await look()));
