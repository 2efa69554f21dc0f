import { FILES_NAME, namesOf, SITE_NAME } from '@loadstair/topology';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { CLIENTS } from '../capabilities.ts';
import { PATH, PLACE } from '../fields.ts';

/** What browsers and the app would like to have. */
const ACCEPT = { browser: 'text/html,application/xhtml+xml', app: 'application/json', file: '*/*' } as const;
/** Longer texts are cut: a visit shows what came, it is no way to fetch files. */
const MOST_TEXT = 4_000;

/** One client finds the site by its name, as users do: the lab's name server is asked, then the address it answers with. */
export const visit = defineAction({
  name: 'visit',
  summary: 'Resolve a public name and request a path, as a browser or as the app; both are timed',
  subject: 'site',
  input: z.strictObject({ path: PATH, as: z.enum(['browser', 'app', 'file']), place: PLACE.optional() }),
  result: z.object({
    name: z.string(),
    address: z.string().nullable(),
    lookupMs: z.number(),
    answerMs: z.number().nullable(),
    status: z.int().nullable(),
    /** Media type of the answer, which host of ours it came from, and whether an edge had it, as far as the answer says so. */
    type: z.string().nullable(),
    servedBy: z.string().nullable(),
    edge: z.string().nullable(),
    bytes: z.int(),
    text: z.string(),
    error: z.string().nullable(),
  }),
  needs: { clients: CLIENTS },
  async run({ path, as, place }, { clients, site }) {
    // Where files have a name of their own, that is where browsers fetch them.
    const filesHaveAName = namesOf(site.placement.topology).some(({ name }) => name === FILES_NAME);
    const name = as === 'file' && filesHaveAName ? FILES_NAME : SITE_NAME;
    const { answer, ...visited } = await clients.visit({ name, path, accept: ACCEPT[as], ...(place === undefined ? {} : { place }) });
    const { status = null, headers = {}, text = '' } = answer ?? {};
    return {
      ...visited,
      status,
      type: headers['content-type']?.split(';')[0] ?? null,
      servedBy: headers['x-served-by'] ?? null,
      edge: headers['x-cache'] ?? null,
      bytes: Buffer.byteLength(text),
      text: text.slice(0, MOST_TEXT),
    };
  },
  sentence: ({ path }, { name, address, status }) => `${name} is ${address ?? 'unknown'}; ${path} answered ${status ?? 'nothing'}`,
});
