import { MAX_SEEDED } from './storage/ids.ts';

/**
 * What the site keeps in its database, for whoever runs the server: how it is filled, and what of it can be looked for and restored
 * (`DatabaseContent` of libs/components).
 */
export const PHOTOS_DATABASE = {
  name: 'photos',
  seedProgram: 'apps/site/src/seed.ts',
  sources: ['libs/photo-site/src/storage/migrations', 'libs/photo-site/src/seed'],
  filled: 'users',
  restorable: [
    { name: 'users', key: ['id'], made: `id > ${MAX_SEEDED}` },
    { name: 'phone_numbers', key: ['owner_id', 'position'], made: `owner_id > ${MAX_SEEDED}` },
    { name: 'user_documents', key: ['owner_id'], made: `owner_id > ${MAX_SEEDED}` },
    { name: 'files', key: ['id', 'owner_id'], made: `id > ${MAX_SEEDED}` },
    { name: 'photos', key: ['id', 'owner_id'], made: `id > ${MAX_SEEDED}` },
    { name: 'likes', key: ['photo_id', 'user_id', 'owner_id'], made: `id > ${MAX_SEEDED}`, keyIsAll: true },
    { name: 'comments', key: ['id', 'owner_id'], made: `id > ${MAX_SEEDED}` },
    { name: 'orders', key: ['id', 'owner_id'], made: `id > ${MAX_SEEDED}` },
  ],
  marks: { comments: 'body', orders: 'photo_id::text', photos: 'caption' },
  hotTables: ['likes', 'comments', 'orders'],
} as const;
