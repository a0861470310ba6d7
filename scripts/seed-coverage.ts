import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Parts that are not built yet; whoever builds one replaces its rows by tests. */
export const unbuiltParts = ['the database strategies', 'the cloud runtime', 'outside services'] as const;

const place = { line: z.int().positive(), under: z.string(), says: z.string().min(1) };

/** `file › name`: a test whose title contains the name. */
const testReference = z.string().regex(/^__tests__\/\S+\.test\.ts › \S.*$/, 'must be <file> › <name of the test>');

const sentenceSchema = z.union([
  z.strictObject({ ...place, tests: z.array(testReference) }),
  z.strictObject({ ...place, waitsFor: z.enum(unbuiltParts), tests: z.array(testReference).default([]) }),
  /** A sentence that introduces others and promises nothing by itself. */
  z.strictObject({ ...place, prose: z.literal(true) }),
  /** A sentence about what people do or think, with why software can neither do nor show it. */
  z.strictObject({ ...place, informational: z.string().min(1) }),
]);
export type SeedSentence = z.infer<typeof sentenceSchema>;

const seedSchema = z.strictObject({ title: z.string(), sentences: z.array(sentenceSchema) });
export type Seed = z.infer<typeof seedSchema> & { readonly file: string };

/** What the documents that the project comes from promise, each sentence with the tests that keep it. */
export async function readSeeds(folder: string): Promise<readonly Seed[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  return Promise.all(
    files.map(async (file) => ({ file, ...seedSchema.parse(parse(await readFile(join(folder, file), 'utf8'))) })),
  );
}

/** Everything that is wrong with the rows: no test, or a test that there is not. */
export async function coverageProblems(seeds: readonly Seed[], root: string): Promise<readonly string[]> {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const { file, sentences } of seeds) {
    for (const sentence of sentences) {
      const where = `${file}: line ${String(sentence.line)} (${sentence.says})`;
      if (!('tests' in sentence)) continue;
      if (sentence.tests.length === 0 && !('waitsFor' in sentence)) problems.push(`${where} has no test`);
      for (const reference of sentence.tests) {
        const [path = '', name = ''] = reference.split(' › ');
        const text = texts.get(path) ?? (await readFile(join(root, path), 'utf8').catch(() => ''));
        texts.set(path, text);
        if (!titlesIn(text).some((title) => title.includes(name))) {
          problems.push(`${where}: there is no test ${reference}`);
        }
      }
    }
  }
  return problems;
}

/** Titles of tests and groups, and the words of tables of tests, as they are written in a file. */
export function titlesIn(text: string): readonly string[] {
  const quoted = /(['"`])((?:\\.|(?!\1)[^\\\n])*)\1/g;
  return [...text.matchAll(quoted)].map(([, , title = '']) => title.replaceAll(/\\(.)/g, '$1'));
}

/** The page that shows it, a row for each sentence. */
export function renderCoverage(seeds: readonly Seed[]): string {
  const all = seeds.flatMap(({ sentences }) => sentences);
  const tested = all.filter((each) => 'tests' in each && each.tests.length > 0).length;
  const waiting = all.filter((each) => 'waitsFor' in each && each.tests.length === 0).length;
  const told = all.filter((each) => 'informational' in each).length;
  return [
    '# What was asked for, and the tests that keep it',
    '',
    'Made by `node scripts/write-seed-coverage.ts` from `docs/seed-coverage/`; change those, not this page. A sentence about a part',
    'that is not built yet names the part; using it is refused by name.',
    '',
    `${String(tested)} sentences are kept by tests, ${String(waiting)} wait for a part, ${String(told)} are about what people do.`,
    ...seeds.flatMap(({ title, sentences }) => [
      '',
      `## ${title}`,
      '',
      '| line | sentence | test |',
      '| ---: | --- | --- |',
      ...sentences.flatMap((each) =>
        'prose' in each ? [] : [`| ${String(each.line)} | ${cell(each.says)} | ${testsCell(each)} |`],
      ),
    ]),
    '',
  ].join('\n');
}

function testsCell(sentence: Exclude<SeedSentence, { readonly prose: true }>): string {
  if ('informational' in sentence) return cell(sentence.informational);
  if (sentence.tests.length > 0) return sentence.tests.map((reference) => cell(reference)).join('<br>');
  return 'waitsFor' in sentence ? `waits for ${sentence.waitsFor}` : '**none**';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/[*_`]/g, '\\$&');
}
