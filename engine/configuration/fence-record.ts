import { z } from 'zod';
import type { Effect } from '../workflow/fence.ts';
import type { GitObjectCache } from './git-object-cache.ts';

const recordSchema = z.strictObject({
  fence: z.int().nonnegative(),
  key: z.string(),
  previous: z.string().nullable(),
});

/** What a lane's fence ref says: the highest fence seen, and under which key it was last written. */
export type FenceRecord = z.infer<typeof recordSchema>;

const IDENTITY = { NAME: 'Promotion Process', EMAIL: 'promotion-process@localhost', DATE: '@0 +0000' };

/**
 * Makes the commit that a fence ref is moved to. It names its predecessor, so that each is a new commit and the ref
 * never returns to a value that somebody may still hold a lease on.
 */
export async function makeFenceRecord(
  cache: GitObjectCache,
  effect: Effect,
  previous: string | undefined,
): Promise<string> {
  const record: FenceRecord = { fence: effect.fence, key: effect.key, previous: previous ?? null };
  const emptyTree = await cache.text(['mktree'], effect.signal);
  const environment = Object.fromEntries(
    Object.entries(IDENTITY).flatMap(([part, value]) => [
      [`GIT_AUTHOR_${part}`, value],
      [`GIT_COMMITTER_${part}`, value],
    ]),
  );
  return cache.text(['commit-tree', emptyTree, '-F', '-'], effect.signal, {
    stdin: JSON.stringify(record),
    environment,
  });
}

/** @throws TypeError when the commit was not made by `makeFenceRecord`. */
export async function readFenceRecord(
  cache: GitObjectCache,
  ref: string,
  commit: string,
  signal: AbortSignal,
): Promise<FenceRecord> {
  const raw = await cache.text(['cat-file', 'commit', commit], signal);
  const message = raw.slice(raw.indexOf('\n\n') + 2);
  const result = recordSchema.safeParse(parseJson(message));
  if (!result.success) {
    throw new TypeError(
      `${ref} holds ${commit}, which is no fence record: somebody else wrote it. Delete the ref once no promotion runs.`,
    );
  }
  return result.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
