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

/** What docs/getting-started.md has one do in "The app", and the pair that it adds later. */
export interface StartedApp {
  /** Makes the package, in a clone. */
  readonly packing: string;
  /** Installs and configures, in an empty folder, with the package's place in `$PACKAGE`. */
  readonly settingUp: string;
  /** `main.ts`, with the second pair where the text has it put. */
  readonly main: string;
  readonly synthesising: string;
}

/** @throws when the text has other blocks than these. */
export async function startedApp(): Promise<StartedApp> {
  const file = 'docs/getting-started.md';
  const [packing = '', settingUp = '', synthesising = '', ...more] = await codeOf(file, 'sh', '## 4. The app');
  if (synthesising === '' || more.length > 0) throw new Error(`${file}: three blocks of commands are expected`);
  const main = onlyOne(await codeOf(file, 'ts', '## 4. The app'), `an app in ${file}`);
  const secondPair = onlyOne(await codeOf(file, 'ts', '## A second pair'), `a second pair in ${file}`);
  if (!main.includes('\napp.synth();')) throw new Error(`${file}: app.synth() is missing`);
  return {
    packing,
    settingUp,
    main: main.replace('\napp.synth();', () => `\n${secondPair}\napp.synth();`),
    synthesising,
  };
}

/** The statements that docs/stacks.md gives whoever administers the state database. */
export async function statementsForStateDatabase(): Promise<string> {
  return onlyOne(await codeOf('docs/stacks.md', 'sql'), 'SQL in docs/stacks.md');
}

/** @param heading of the only section that is looked into. Default: the whole file. */
async function codeOf(file: string, language: string, heading?: string): Promise<readonly string[]> {
  const fence = new RegExp(`^ *\`\`\`${language}\\n(?<code>.*?)^ *\`\`\`$`, 'gms');
  const text = await readFile(path.join(root, file), 'utf8');
  const sections = text.split(/^(?=## )/m).filter((each) => heading === undefined || each.startsWith(`${heading}\n`));
  return [...sections.join('').matchAll(fence)].map(({ groups }) => groups?.['code'] ?? '');
}

function onlyOne(blocks: readonly string[], what: string): string {
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) throw new Error(`${what}: ${String(blocks.length)} instead of one`);
  return block;
}
