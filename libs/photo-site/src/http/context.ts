import type { Logger } from '@loadstair/telemetry';
import type { Activity } from '../business/activity.ts';
import type { Cache } from '../cache/cache.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Files } from '../storage/files.ts';
import type { Names } from '../storage/names.ts';
import type { Orders } from '../storage/orders.ts';
import type { PhotoPages } from '../storage/photo-pages.ts';
import type { Photos } from '../storage/photos.ts';
import type { Users } from '../storage/users.ts';
import type { Answers } from './answers.ts';

/** What the site's handlers work with; each is a port, and the stage chooses what stands behind it. */
export interface SiteServices {
  readonly answers: Answers;
  readonly users: Users;
  /** The same users, read as documents. */
  readonly documents: Pick<Users, 'find'>;
  readonly names: Names;
  /** The same names, where they stand in documents. */
  readonly documentNames: Names;
  readonly photos: Photos;
  readonly pages: PhotoPages;
  /** The same pages of some photos, read as documents. */
  readonly documentPages: PhotoPages;
  readonly files: Files;
  readonly orders: Orders;
  readonly sessions: Sessions;
  readonly images: Cache<Buffer>;
  readonly activity: Activity;
  readonly log: Logger;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
}
