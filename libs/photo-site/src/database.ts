/** Rows that users made in one table: those with which `made` is true. */
const since = (kind: string): string => `(SELECT rows FROM seeded WHERE kind = '${kind}')`;

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
    { name: 'users', key: ['id'], made: `id > ${since('users')}` },
    { name: 'phone_numbers', key: ['user_id', 'position'], made: `user_id > ${since('users')}` },
    { name: 'user_documents', key: ['user_id'], made: `user_id > ${since('users')}` },
    { name: 'images', key: ['id'], made: `id IN (SELECT image_id FROM photos WHERE id > ${since('photos')})` },
    { name: 'photos', key: ['id'], made: `id > ${since('photos')}` },
    { name: 'likes', key: ['photo_id', 'user_id'], made: `id > ${since('likes')}`, keyIsAll: true },
    { name: 'comments', key: ['id'], made: `id > ${since('comments')}` },
    { name: 'orders', key: ['id'], made: `id > ${since('orders')}` },
  ],
  marks: { comments: 'body', orders: 'photo_id::text', photos: 'caption' },
  hotTables: ['likes', 'comments', 'orders'],
} as const;
