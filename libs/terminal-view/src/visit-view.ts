import { milliseconds } from '@loadstair/analysis';
import type { visit } from '@loadstair/operations';
import type { Stream } from './io.ts';

type Visit = ReturnType<(typeof visit)['result']['parse']>;

export interface Visits {
  readonly path: string;
  readonly browser: Visit;
  readonly app: Visit;
  readonly file: { readonly path: string; readonly visit: Visit };
}

/** What the app got is printed as it came, on one line, where it is this short. */
const SHOWN_BYTES = 1_500;

/** What a client sees of the site: the address of its name, both forms of one path, and where a file comes from. */
export function visitLines({ path, browser, app, file }: Visits, stream: Stream): string[] {
  return [
    ...nameLines(browser, stream),
    asked('browser', path, browser),
    asked('app', path, app),
    ...(app.type === 'application/json' && app.bytes <= SHOWN_BYTES ? [app.text] : []),
    '',
    ...(file.visit.name === browser.name ? [] : nameLines(file.visit, stream)),
    asked('file', file.path, file.visit),
  ];
}

function nameLines({ name, address, lookupMs, error }: Visit, { marks, paint }: Stream): string[] {
  return address === null
    ? [`${marks.bad} ${name} has no address: ${error ?? 'no answer'}`]
    : [`${paint.bold(name)} is ${address}   DNS answered in ${milliseconds(lookupMs)} ms`];
}

function asked(who: string, path: string, { answerMs, status, type, bytes, servedBy, edge, error }: Visit): string {
  const to = `  ${who.padEnd(8)} GET ${path}`;
  if (status === null || answerMs === null) return `${to}   no answer: ${error ?? 'no request was sent'}`;
  const from =
    edge === null ? (servedBy === null ? '' : `, from ${servedBy}`) : `, ${edge === 'hit' ? 'a hit at an edge' : 'a miss at an edge'}`;
  return `${to}   ${status} ${type ?? ''} ${bytes.toLocaleString('en')} bytes in ${milliseconds(answerMs)} ms${from}`;
}
