import { readFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The app that the README shows. @throws when there is not exactly one. */
export async function readmeExample(): Promise<string> {
  const apps = (await codeOf('README.md', 'ts')).filter((code) => code.includes('new PromotionProcess('));
  return onlyOne(apps, 'an app in README.md');
}

/** What docs/cdktn.md has one write into package.json. @throws when there is not exactly one such thing. */
export async function movingToCdktn(): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const text = onlyOne(await codeOf('docs/cdktn.md', 'json'), 'JSON in docs/cdktn.md');
  return JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, string>>>>;
}

async function codeOf(file: string, language: string): Promise<readonly string[]> {
  const fence = new RegExp(`^ *\`\`\`${language}\\n(?<code>.*?)^ *\`\`\`$`, 'gms');
  const text = await readFile(path.join(root, file), 'utf8');
  return [...text.matchAll(fence)].map(({ groups }) => groups?.['code'] ?? '');
}

function onlyOne(blocks: readonly string[], what: string): string {
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) throw new Error(`${what}: ${String(blocks.length)} instead of one`);
  return block;
}
