import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import type { Finding } from './problem.ts';
import { readRulesFile } from './read-rules-file.ts';
import { readRulesDocument, type RulesDocument } from './rules-document.ts';
import { nodeAt } from './yaml-tree.ts';

export interface ExtendsOptions {
  /** Folders outside the repository of the rules file from which rules may be extended. Default: none. */
  readonly allowedFolders?: readonly string[];
  /** The text of the first document, which is then in no file; what it extends is looked for from the present folder. */
  readonly text?: string;
}

/** An application's file, its division's, its organisation's: more than these is a mistake. */
export const mostExtended = 8;

export interface FollowedChain {
  /** The file that was asked for, then what it extends, and so on, as far as it could be followed. */
  readonly documents: readonly RulesDocument[];
  /** Why it could not be followed farther: what is wrong with `extends` in the last document. */
  readonly findings: readonly Finding[];
}

interface Step {
  readonly document: RulesDocument;
  /** Without symbolic links, so that one file is known under all its names. */
  readonly path: string;
}

/**
 * Reads a rules file and every file that it extends. What is extended must be in the repository folder of the rules
 * file, or in a folder that is allowed, also when symbolic links lead there.
 * @param file as the caller gave it, which is also how problems name it; extended files are named from there.
 */
export async function followExtends(
  file: string,
  { allowedFolders = [], text }: ExtendsOptions = {},
): Promise<FollowedChain> {
  const first = text === undefined ? await readRulesFile(file) : readRulesDocument(text, file);
  if (extendsOf(first) === undefined) return { documents: [first], findings: [] };
  const start = text === undefined ? await realpath(file) : resolve(file);
  const repository = await repositoryFolder(dirname(start));
  const folders: readonly [string, ...string[]] = [repository, ...(await Promise.all(allowedFolders.map(realFolder)))];
  const steps: Step[] = [{ document: first, path: start }];
  const documents = (): readonly RulesDocument[] => steps.map(({ document }) => document);
  for (;;) {
    const last = steps.at(-1);
    const word = last === undefined ? undefined : extendsOf(last.document);
    if (last === undefined || word === undefined) return { documents: documents(), findings: [] };
    const next = await follow(steps, last, word, folders);
    if ('expected' in next) return { documents: documents(), findings: [{ path: ['extends'], ...next }] };
    steps.push(next);
    // What cannot be read tells so itself.
    if (next.document.tree === undefined) return { documents: documents(), findings: [] };
  }
}

/** What a document extends; what is no text is told by the schema. */
function extendsOf({ tree }: RulesDocument): string | undefined {
  const node = tree === undefined ? undefined : nodeAt(tree, ['extends']);
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '' ? node.value : undefined;
}

async function follow(
  steps: readonly Step[],
  { document, path }: Step,
  word: string,
  folders: readonly [string, ...string[]],
): Promise<Step | Omit<Finding, 'path'>> {
  if (steps.length > mostExtended) {
    const expected = `at the end of a chain of at most ${String(mostExtended)} files that extend each other`;
    return { expected, found: 'one file more' };
  }
  if (word.includes('\0')) return { expected: 'the path of a rules file' };
  const name = isAbsolute(word) ? word : normalize(join(dirname(document.source.file), word));
  const target = resolve(dirname(path), word);
  const real = await realFile(target);
  // Told before anything is read: whether a file is there is nobody's business outside.
  const place = real ?? target;
  const isAllowed = folders.some((folder, index) => isInside(folder, place) && (index > 0 || !isAbsolute(word)));
  if (!isAllowed) {
    const expected = `a relative path inside ${folders[0]}, or a path in a folder that PROMOTE_RULES_FOLDERS allows`;
    return { expected };
  }
  if (real === undefined) return { expected: 'a rules file that is there', found: `${word}, and ${name} is absent` };
  const again = steps.findIndex((step) => step.path === real);
  if (again !== -1) {
    const circle = [...steps.slice(again).map((step) => step.document.source.file), name].join(' → ');
    return { expected: 'a file that does not lead back here', found: `the circle ${circle}` };
  }
  return { document: await readRulesFile(real, name), path: real };
}

/** The nearest folder around that is a git work tree; without one, the folder itself. */
async function repositoryFolder(folder: string): Promise<string> {
  for (let here = folder; ; here = dirname(here)) {
    if (await exists(join(here, '.git'))) return here;
    if (dirname(here) === here) return folder;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function realFile(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

async function realFolder(folder: string): Promise<string> {
  return (await realFile(folder)) ?? resolve(folder);
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
