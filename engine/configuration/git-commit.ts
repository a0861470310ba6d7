import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CommitRequest, FileChange } from './configuration-repository.ts';
import { REGULAR_FILE_MODES, type GitObjectCache } from './git-object-cache.ts';

const pathSchema = z
  .string()
  .min(1)
  .max(1_024)
  .refine((value) => value.isWellFormed() && !/[\p{Cc}\\]/u.test(value), {
    error: 'no control characters, no backslash, valid Unicode',
  })
  .refine(
    (value) => value.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !isGitFolder(part)),
    {
      error: 'relative, `/` between names, and no name may be empty, `.`, `..` or `.git`',
    },
  );

const textSchema = z.string().refine((value) => value.isWellFormed() && !value.includes('\0'), {
  error: 'must be valid Unicode without NUL',
});

const authorPartSchema = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^<>\0\r\n]+$/, 'no `<`, `>` or line break');

const requestSchema = z.object({
  files: z.array(
    z.union([
      z.strictObject({ path: pathSchema, content: textSchema }),
      z.strictObject({ path: pathSchema, removed: z.literal(true) }),
    ]),
  ),
  message: textSchema.refine((message) => message.trim() !== '', { error: 'must not be empty' }),
  author: z.object({ name: authorPartSchema, email: authorPartSchema, at: z.date() }),
});

/** On case-insensitive and NTFS checkouts these names all mean the repository's own folder. */
function isGitFolder(name: string): boolean {
  return /^(?:\.git|git~1)[ .]*$/i.test(name);
}

/** The path of a file as a repository holds it. @throws TypeError */
export function checkedPath(filePath: string): string {
  const result = pathSchema.safeParse(filePath);
  if (!result.success) {
    throw new TypeError(
      `${JSON.stringify(filePath)} cannot be a path in a repository: ${z.prettifyError(result.error)}`,
    );
  }
  return result.data;
}

/**
 * Makes the commit in the local cache; nothing points at it yet. The same base, files, message, author and date give
 * the same commit, because the committer and the committer's date are the author's.
 * @throws TypeError when a path or text cannot be stored, or when a file would take the place of a folder or link.
 */
export async function makeCommit(cache: GitObjectCache, request: CommitRequest, signal: AbortSignal): Promise<string> {
  const result = requestSchema.safeParse(request);
  if (!result.success) {
    throw new TypeError(`The change ${request.change} cannot be committed: ${z.prettifyError(result.error)}`);
  }
  const tree = await makeTree(cache, request.base, request.files, signal);
  const { name, email, at } = request.author;
  const date = `@${String(Math.floor(at.getTime() / 1_000))} +0000`;
  return cache.text(['commit-tree', tree, '-p', request.base, '-F', '-'], signal, {
    stdin: request.message,
    environment: {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    },
  });
}

async function makeTree(
  cache: GitObjectCache,
  base: string,
  files: readonly FileChange[],
  signal: AbortSignal,
): Promise<string> {
  refuseOverlap(files.map((file) => file.path));
  const lines: string[] = [];
  for (const file of files) {
    const existing = await existingMode(cache, base, file.path, signal);
    if ('removed' in file) {
      if (existing !== undefined) {
        lines.push(`0 ${'0'.repeat(40)}\t${file.path}\0`);
      }
    } else {
      const blob = await cache.text(['hash-object', '-w', '--stdin', '-t', 'blob'], signal, { stdin: file.content });
      lines.push(`${existing ?? '100644'} ${blob}\t${file.path}\0`);
    }
  }
  const scratch = await mkdtemp(path.join(cache.folder, 'index-'));
  try {
    const environment = { GIT_INDEX_FILE: path.join(scratch, 'index') };
    await cache.run(['read-tree', base], signal, { environment });
    await cache.run(['update-index', '-z', '--index-info'], signal, { environment, stdin: lines.join('') });
    return await cache.text(['write-tree'], signal, { environment });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** update-index would silently drop a folder for a file, and the other way round; so every place is looked at first. */
async function existingMode(
  cache: GitObjectCache,
  base: string,
  filePath: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts = filePath.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const entry = await cache.entry(base, folder, signal);
    if (entry === undefined) {
      return undefined;
    }
    if (entry.type !== 'tree') {
      throw new TypeError(`${filePath} cannot be written: ${folder} is not a folder in ${base}`);
    }
  }
  const entry = await cache.entry(base, filePath, signal);
  if (entry !== undefined && !REGULAR_FILE_MODES.includes(entry.mode)) {
    throw new TypeError(`${filePath} cannot be written: in ${base} it is a folder, a link or a submodule, not a file`);
  }
  return entry?.mode;
}

function refuseOverlap(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const filePath of paths) {
    if (seen.has(filePath)) {
      throw new TypeError(`${filePath} is changed twice in one commit`);
    }
    seen.add(filePath);
  }
  for (const filePath of paths) {
    const parts = filePath.split('/');
    const folder = parts.map((_, index) => parts.slice(0, index).join('/')).find((ancestor) => seen.has(ancestor));
    if (folder !== undefined) {
      throw new TypeError(`${folder} cannot be a file and the folder of ${filePath} in one commit`);
    }
  }
}
