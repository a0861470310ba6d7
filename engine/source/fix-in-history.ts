import type { GitObjectCache } from '../configuration/git-object-cache.ts';
import type { Containment } from './source-history.ts';

/** How many commits that came after a fix are looked through for one that makes all of it at once. */
const mostSquashes = 1000;

/**
 * Whether a history has a fix: every commit of it, itself or as a commit that makes the same change (by git's patch-id),
 * or one commit that makes the changes of all of them.
 * @param standsOn what the fix was put upon; what one of these has is no part of it.
 */
export async function findFix(
  cache: GitObjectCache,
  head: string,
  commit: string,
  standsOn: readonly string[],
  signal: AbortSignal,
): Promise<Containment> {
  const { exitCode } = await cache.run(['merge-base', '--is-ancestor', commit, head], signal, {
    acceptedExitCodes: [0, 1],
  });
  if (exitCode === 0) return 'commit';
  const fix = await commitsOf(cache, commit, standsOn, signal);
  // Of what both sides have of their own, those that make the same change are marked with `=`, the rest with the side.
  const marks = await lines(
    cache,
    ['rev-list', '--left-right', '--cherry-mark', '--no-merges', `${head}...${commit}`],
    signal,
  );
  const lacking = new Set(marks.filter((mark) => mark.startsWith('>')).map((mark) => mark.slice(1)));
  if (!fix.some((each) => lacking.has(each))) return 'patch';
  return fix.length > 1 && (await hasSquash(cache, head, fix, commit, signal)) ? 'patch' : 'absent';
}

/** The commits of a fix, newest first; at least one. Merges change nothing themselves. */
async function commitsOf(
  cache: GitObjectCache,
  commit: string,
  standsOn: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const own = await lines(
    cache,
    ['rev-list', '--topo-order', '--no-merges', commit, ...standsOn.map((each) => `^${each}`)],
    signal,
  );
  if (standsOn.length > 0 && own.length > 0) return own;
  const [id = commit, first, ...merged] = (await cache.text(['rev-list', '--parents', '-1', commit], signal)).split(
    ' ',
  );
  if (first === undefined || merged.length === 0) return [id];
  return lines(cache, ['rev-list', '--topo-order', '--no-merges', commit, `^${first}`], signal);
}

/** Whether one commit of `head` alone makes the change that the whole of a fix makes, as squashing it does. */
async function hasSquash(
  cache: GitObjectCache,
  head: string,
  fix: readonly string[],
  commit: string,
  signal: AbortSignal,
): Promise<boolean> {
  const oldest = fix.at(-1) ?? commit;
  const before = await cache.text(['rev-parse', '--verify', '--quiet', '--end-of-options', `${oldest}^`], signal, {
    acceptedExitCodes: [0, 1],
  });
  if (before === '') return false;
  const whole = await patchIds(cache, ['diff', before, commit], signal);
  const [wanted] = whole;
  if (wanted === undefined) return false;
  const since = await cache.text(['show', '--no-patch', '--format=%ct', oldest], signal);
  const later = await patchIds(
    cache,
    ['log', '--patch', '--no-merges', `--since=${since}`, `--max-count=${String(mostSquashes)}`, head, `^${commit}`],
    signal,
  );
  return later.includes(wanted);
}

/** What `git patch-id` calls the changes that a command prints. */
async function patchIds(
  cache: GitObjectCache,
  words: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { stdout } = await cache.run(words, signal);
  if (stdout.length === 0) return [];
  const ids = await cache.text(['patch-id', '--stable'], signal, { stdin: stdout.toString('utf8') });
  return ids.split('\n').map((line) => line.split(' ')[0] ?? '');
}

async function lines(cache: GitObjectCache, words: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const text = await cache.text([...words], signal);
  return text === '' ? [] : text.split('\n');
}
