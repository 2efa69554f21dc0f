import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { sampleImage } from '../seed/sample-image.ts';
import { applyEdit, BadImage, normalise } from './images.ts';

const blank = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#a32' }, limitInputPixels: false });
/** A filter whose cost grows with the square of its radius: 600 ms of a core at 400 px, minutes at 4 megapixels. */
const SLOW_SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><filter id="f"><feMorphology operator="dilate" radius="90"/></filter><rect width="400" height="400" filter="url(#f)"/></svg>',
);

describe('an upload', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('may be a %s, and is kept as JPEG', async (format) => {
    const stored = await normalise(await blank(2000, 1000).toFormat(format).toBuffer());
    expect(await sharp(stored).metadata()).toMatchObject({ format: 'jpeg', width: 1024, height: 512 });
  });

  it('is refused at once when it is an SVG', async () => {
    const begun = performance.now();
    await expect(normalise(SLOW_SVG)).rejects.toThrow(BadImage);
    expect(performance.now() - begun).toBeLessThan(100);
  });

  it.each(['gif', 'tiff', 'avif'] as const)('may not be a %s', async (format) => {
    await expect(normalise(await blank(20, 10).toFormat(format).toBuffer())).rejects.toThrow(BadImage);
  });

  it('may not have more than 4 megapixels, however few bytes they are', async () => {
    await expect(normalise(await blank(5000, 5000).png().toBuffer())).rejects.toThrow(BadImage);
  });

  it('is a bad image, and no other error, wherever it is cut or changed', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const whole = await blank(60, 40).toFormat(format).toBuffer();
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (place, byte, cut) => {
          const broken = cut ? whole.subarray(0, place) : Buffer.from(whole);
          if (!cut) broken[place] = byte;
          const stored = await normalise(broken).catch((error: unknown) => error);
          expect(stored instanceof BadImage || Buffer.isBuffer(stored)).toBe(true);
        }),
        { numRuns: 100, seed: 15 },
      );
    }
  });
});

it('no library reads another format, even where the first bytes are not looked at', async () => {
  // After a seed in the same process, SVG is readable: this comes before.
  await expect(sharp(SLOW_SVG).jpeg().toBuffer()).rejects.toThrow(/unsupported image format/);
  await expect(applyEdit(SLOW_SVG, { kind: 'sharpen' })).rejects.toThrow(BadImage);
});

it('a sample picture is a JPEG, the same every time', async () => {
  const first = await sampleImage(3);
  expect(await sharp(first).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 });
  expect(first.equals(await sampleImage(3))).toBe(true);
});
