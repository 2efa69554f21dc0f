import sharp from 'sharp';

/** A small picture that differs by number: soft bands of colour. */
export async function sampleImage(number: number): Promise<Buffer> {
  // Only the program that fills the database comes here; the site itself reads no SVG.
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });
  const hue = (number * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue},60%,70%)"/><stop offset="1" stop-color="hsl(${(hue + 60) % 360},50%,30%)"/></linearGradient></defs><rect width="320" height="240" fill="url(#g)"/><circle cx="${40 + number * 18}" cy="80" r="34" fill="hsl(${hue},80%,90%)"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer();
}
