import sharp, { type Sharp } from 'sharp';
import { z } from 'zod';

// One thread an image: a host of a tenth of a core gains nothing from more, and they would fight for its budget.
sharp.concurrency(1);
sharp.cache(false);
// libvips knows dozens of formats. Some of them are programs in disguise: a filter of a small SVG costs minutes of CPU.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });

/** Media types of pictures the site takes; it keeps and serves JPEG. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** What may be done to a photo. */
export const EDIT = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('crop'),
    left: z.int().min(0).max(10_000),
    top: z.int().min(0).max(10_000),
    width: z.int().min(1).max(10_000),
    height: z.int().min(1).max(10_000),
  }),
  z.strictObject({ kind: z.literal('sharpen') }),
  z.strictObject({ kind: z.literal('blur'), radius: z.number().min(0.3).max(20).default(2) }),
]);
export type Edit = z.infer<typeof EDIT>;

/** The bytes are no picture we can read, or the edit does not fit it. */
export class BadImage extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BadImage';
  }
}

/** The picture needed more time than anybody waits for it: the host is busy, or the picture was made to be slow. */
export class ImageTooSlow extends Error {
  constructor() {
    super(`The picture could not be processed within ${TIMEOUT_S} s. Try again later, or send a smaller one.`);
    this.name = 'ImageTooSlow';
  }
}

/** Without the time it waits for a thread. Far above what 4 megapixels cost on a tenth of a core. */
const TIMEOUT_S = 5;
/** Pictures with more pixels are refused before they are decoded. */
const MAX_PIXELS = 4_000_000;
const MAX_SIDE = 1024;

/** Checks and brings an upload to the stored form: JPEG, at most 1,024 pixels a side. Throws BadImage. */
export async function normalise(bytes: Buffer): Promise<Buffer> {
  if (!looksLikePicture(bytes)) throw unreadable();
  return orBadImage(() =>
    open(bytes).rotate().resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 80 }).toBuffer(),
  );
}

/** A new picture with the edit applied. Throws BadImage when a crop lies outside. */
export async function applyEdit(bytes: Buffer, edit: Edit): Promise<Buffer> {
  return orBadImage(async () => {
    const image = open(bytes);
    if (edit.kind === 'crop') {
      const { width = 0, height = 0 } = await image.metadata();
      if (edit.left + edit.width > width || edit.top + edit.height > height) {
        throw new BadImage(`The crop reaches outside the picture of ${width}×${height}.`);
      }
      image.extract({ left: edit.left, top: edit.top, width: edit.width, height: edit.height });
    } else if (edit.kind === 'sharpen') {
      image.sharpen();
    } else {
      image.blur(edit.radius);
    }
    return image.jpeg({ quality: 80 }).toBuffer();
  });
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** Whether the first bytes are those of a JPEG, PNG or WebP, whatever the client calls them. */
function looksLikePicture(bytes: Buffer): boolean {
  const startsWith = (magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
  return startsWith(JPEG) || startsWith(PNG) || (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP');
}

function open(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS }).timeout({ seconds: TIMEOUT_S });
}

function unreadable(): BadImage {
  return new BadImage('The body is not a picture that can be read (JPEG, PNG or WebP, at most 4 megapixels).');
}

async function orBadImage(work: () => Promise<Buffer>): Promise<Buffer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadImage) throw error;
    // sharp has no class or code for it.
    if (error instanceof Error && error.message.startsWith('timeout: ')) throw new ImageTooSlow();
    throw unreadable();
  }
}
