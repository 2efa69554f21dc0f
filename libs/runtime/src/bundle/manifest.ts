import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Name of the first file of a bundle. tools/bundle/npm-ci.mjs knows it too. */
export const MANIFEST = 'loadstair-bundle.json';

const repositories = z.array(
  z.strictObject({
    /** Below `debian/` in the bundle. */
    folder: z.string().regex(/^\d+$/),
    suites: z.array(
      z.strictObject({
        // Both become words of a line of apt's sources.
        suite: z.string().regex(/^[a-z0-9][a-z0-9./-]*$/i),
        components: z.array(z.string().regex(/^[a-z0-9][a-z0-9./-]*$/i)).min(1),
      }),
    ),
  }),
);

const schema = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('loadstair-bundle'),
  made: z.iso.datetime(),
  /** Version of the lab. */
  lab: z.string().max(100),
  /** SHA-256 of package-lock.json, hexadecimal. */
  lock: z.string().regex(/^[0-9a-f]{64}$/),
  /** `linux-x64` */
  platform: z.string().max(50),
  /** Null where the maker had no Debian packages. */
  debian: z.strictObject({ codename: z.string().max(50), architecture: z.string().regex(/^[a-z0-9-]+$/), repositories }).nullable(),
  /** Every other file of the bundle by its path in it. A path that ends with `.gz` is unpacked; `bytes` and `sha256` are of the packed form. */
  files: z.record(
    z.string().regex(/^(npm|debian|bin)(\/(?!\.\.?\/|\.\.?$)[\w.+~:@%=-]+)+$/),
    z.strictObject({ bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

/** What a bundle says of itself. */
export type BundleManifest = z.infer<typeof schema>;

/** Throws where the text is none. */
export function parseManifest(text: string): BundleManifest {
  return schema.parse(JSON.parse(text));
}

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** The kind of machine that its programs run on. */
export const PLATFORM = `${process.platform}-${process.arch}`;
