import sharp from 'sharp';
import { z } from 'zod';

// One thread an image: a host of a tenth of a core gains nothing from more, and they would fight for its budget.
sharp.concurrency(1);
sharp.cache(false);

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

/** Pictures with more pixels are refused before they are decoded. */
const MAX_PIXELS = 4_000_000;
const MAX_SIDE = 1024;

/** Checks and brings an upload to the stored form: JPEG, at most 1,024 pixels a side. Throws BadImage. */
export async function normalise(bytes: Buffer): Promise<Buffer> {
  return orBadImage(() =>
    sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
}

/** A new picture with the edit applied. Throws BadImage when a crop lies outside. */
export async function applyEdit(bytes: Buffer, edit: Edit): Promise<Buffer> {
  return orBadImage(async () => {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS });
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

/** A small picture that differs by number: soft bands of colour. */
export async function sampleImage(number: number): Promise<Buffer> {
  const hue = (number * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue},60%,70%)"/><stop offset="1" stop-color="hsl(${(hue + 60) % 360},50%,30%)"/></linearGradient></defs><rect width="320" height="240" fill="url(#g)"/><circle cx="${40 + number * 18}" cy="80" r="34" fill="hsl(${hue},80%,90%)"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer();
}

async function orBadImage(work: () => Promise<Buffer>): Promise<Buffer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadImage) throw error;
    throw new BadImage('The body is not a picture that can be read (JPEG, PNG or WebP, at most 4 megapixels).');
  }
}
