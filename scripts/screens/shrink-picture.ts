import type { Page } from 'playwright-core';
import { encodePng, type IndexedPicture } from './encode-png.ts';

const mostColours = 256;

interface Reduced {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly number[];
  /** One byte for each pixel, in base64. */
  readonly pixels: string;
}

/**
 * Half of the colours are those that are most of a page, the others those that would be missed most: a red cross is few pixels.
 * Each other is the nearest of them, which for shades of a text nobody sees.
 */
const reduce = `async ({ picture, mostColours }) => {
  const bytes = await (await fetch('data:image/png;base64,' + picture)).blob();
  const image = await createImageBitmap(bytes);
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colours = new Uint32Array(width * height);
  const counts = new Map();
  for (let at = 0; at < colours.length; at += 1) {
    const colour = (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2];
    colours[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const distance = (one, other) =>
    ((one >> 16) - (other >> 16)) ** 2 + (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 + ((one & 255) - (other & 255)) ** 2;
  const rest = [...counts].sort(([, one], [, other]) => other - one)
    .map(([colour, count]) => ({ colour, count, away: Infinity, nearest: 0 }));
  const palette = [];
  const take = ({ colour }) => {
    for (const each of rest) {
      const away = distance(each.colour, colour);
      if (away < each.away) { each.away = away; each.nearest = palette.length; }
    }
    palette.push(colour);
  };
  for (const each of rest.slice(0, mostColours / 2)) take(each);
  while (palette.length < Math.min(mostColours, rest.length)) {
    take(rest.reduce((worst, each) => (each.away * each.count > worst.away * worst.count ? each : worst)));
  }
  const indexes = new Map(rest.map(({ colour, nearest }) => [colour, nearest]));
  const pixels = Uint8Array.from(colours, (colour) => indexes.get(colour));
  return { width, height, palette, pixels: pixels.toBase64() };
}`;

/**
 * The same picture in at most 256 colours: a third of the bytes.
 * @param page of no site, in which it is decoded.
 */
export async function shrinkPicture(page: Page, picture: Buffer): Promise<Buffer> {
  const given = JSON.stringify({ picture: picture.toString('base64'), mostColours });
  const { pixels, ...reduced } = await page.evaluate<Reduced>(`(${reduce})(${given})`);
  const indexed: IndexedPicture = { ...reduced, pixels: Buffer.from(pixels, 'base64') };
  return encodePng(indexed);
}
