import type { JourneyName } from '../lib/plan.ts';
import type { Journey } from './journey.ts';
import { page, pageDocument, rename, renameDocument } from './pages.ts';
import {
  again,
  album,
  browse,
  comeBack,
  explore,
  famous,
  gallery,
  mobile,
  newcomer,
  oneUser,
  read,
  regular,
  scan,
  showcase,
} from './reading.ts';
import { buy, engage, talk, upload, wall } from './writing.ts';

/** What users do, by the name that profiles call it. */
export const journeys: Readonly<Record<JourneyName, Journey>> = {
  browse,
  album,
  wall,
  regular,
  newcomer,
  read,
  explore,
  again,
  mobile,
  scan,
  showcase,
  page,
  'page-document': pageDocument,
  rename,
  'rename-document': renameDocument,
  engage,
  upload,
  buy,
  return: comeBack,
  'one-user': oneUser,
  gallery,
  talk,
  famous,
};
