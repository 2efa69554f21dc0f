import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { stages } from '@loadstair/stages';
import type { Project } from './project.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location: string;
}

/** Tries what a browser and a stranger get through the published ports. Throws when an answer is another than the rules of access say. */
export async function tryConsole(
  project: Project,
  ports: { readonly LOADSTAIR_CONSOLE_PORT: string; readonly LOADSTAIR_SITE_PORT: string },
): Promise<string[]> {
  const port = ports.LOADSTAIR_CONSOLE_PORT;
  const own = `127.0.0.1:${port}`;
  const wanted: readonly [what: string, asked: Asked, status: number, text: RegExp][] = [
    ['the console', { path: '/', headers: { accept: 'text/html' } }, 200, /<title>Loadstair<\/title>/],
    ['the status', { path: '/api/status' }, 200, /"instance":1/],
    ['a change without the key', { path: '/api/shutdown', method: 'POST' }, 401, /key is missing/],
    ['another name', { path: '/api/status', headers: { host: `lab:${port}` } }, 403, new RegExp(`ssh -L ${port}:127.0.0.1:${port} `)],
    [
      'a page of another site',
      { path: '/api/status', headers: { origin: 'http://photos.example' } },
      403,
      /came from http:\/\/photos.example/,
    ],
    ['a query that changes Prometheus', { path: '/prometheus/api/v1/admin/tsdb/snapshot', method: 'POST' }, 404, /passes no/],
    ['the site while none is up', { path: '/site/' }, 503, /No site is up/],
  ];
  for (const [what, asked, status, text] of wanted) check(what, await ask(Number(port), asked), status, text);

  // A container that has started again has printed a key for each start.
  const printed = [...(await project.printed()).matchAll(/console {2}(http:\S+)\/#key=([\w-]+)/g)].at(-1);
  if (printed?.[1] !== `http://${own}`) throw new Error(`The lab prints no address with the published port: ${await project.printed()}`);

  const first = String(stages[0]?.topology.stage);
  const up = await project.exec(['./lab', 'up', first]);
  if (up.status !== 0) throw new Error(`./lab up ${first} in the container: ${up.stderr}`);
  const site = `http://127.0.0.1:${ports.LOADSTAIR_SITE_PORT}`;
  const led = await ask(Number(port), { path: '/site/profiles/12' });
  if (led.location !== `${site}/profiles/12`) throw new Error(`/site/ leads to ${led.location}, and not to ${site}`);
  const page = await ask(Number(ports.LOADSTAIR_SITE_PORT), { path: '/', headers: { accept: 'text/html' } });
  check('the site', page, 200, /<title>[^<]+Photos<\/title>/);
  const down = await project.exec(['./lab', 'status', '--json']);
  check(
    'the key',
    await ask(Number(port), { path: '/api/site', method: 'DELETE', headers: { authorization: `Bearer ${printed[2]}` } }),
    200,
    /\{\}/,
  );
  if (!down.stdout.includes('"state":"up"')) throw new Error(`The site was not up: ${down.stdout}`);
  return ['console, access rules, key and site hold through published ports'];
}

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(port: number, { path, method = 'GET', headers = {} }: Asked): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers: { ...headers } });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode ?? 0, text, location: answer.headers.location ?? '' };
}

function check(what: string, answer: Answer, status: number, text: RegExp): void {
  if (answer.status !== status || !text.test(answer.text))
    throw new Error(`${what}: expected ${status} with ${text}, got ${answer.status} with ${answer.text.slice(0, 300)}`);
}
