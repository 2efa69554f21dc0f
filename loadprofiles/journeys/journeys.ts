import type { JourneyName } from '../lib/plan.ts';
import type { Journey } from './journey.ts';
import { again, album, browse, comeBack, document, explore, famous, gallery, mobile, newcomer, oneUser, read, regular } from './reading.ts';
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
  document,
  engage,
  upload,
  buy,
  return: comeBack,
  'one-user': oneUser,
  gallery,
  talk,
  famous,
};
