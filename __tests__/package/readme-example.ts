import { readFile } from 'node:fs/promises';
import path from 'node:path';

const readme = path.resolve(import.meta.dirname, '../../README.md');

/** The app that the README shows. @throws when there is not exactly one. */
export async function readmeExample(): Promise<string> {
  const blocks = [...(await readFile(readme, 'utf8')).matchAll(/^```ts\n(?<code>.*?)^```$/gms)]
    .map(({ groups }) => groups?.['code'] ?? '')
    .filter((code) => code.includes('new PromotionProcess('));
  const [code] = blocks;
  if (code === undefined || blocks.length > 1)
    throw new Error(`README.md shows ${String(blocks.length)} apps, not one`);
  return code;
}
