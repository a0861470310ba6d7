import type { Migration, Release } from '../release.ts';

export interface RunningRelease {
  readonly release: Pick<Release, 'content'>;
  readonly verifiedAt: Date | undefined;
}

export interface MigrationChoice {
  /** What runs before the deployment, in order. */
  readonly now: readonly Migration[];
  /** What waits: the first contract migration that may not run yet, and everything behind it. */
  readonly later: readonly Migration[];
  /** Why, in words; undefined when nothing waits. */
  readonly reason: string | undefined;
}

/**
 * Which of a release's migrations run before its deployment (design, section 5). Expand migrations do. A contract
 * migration removes what an older release needs, so it waits until the release that carries it has been verified in the
 * environment for the whole undo window. It then runs by itself, or with the next promotion when that comes first. Order is
 * never changed.
 * @param applied versions that ran already.
 * @param running what the environment runs, which a rollback would return to.
 */
export function chooseMigrations(
  migrations: readonly Migration[],
  applied: ReadonlySet<number>,
  running: RunningRelease | undefined,
  contractAfterSeconds: number,
  now: Date,
): MigrationChoice {
  const carried = new Set(running?.release.content.database?.migrations.map(({ version }) => version));
  const windowEnds =
    running?.verifiedAt === undefined
      ? undefined
      : new Date(running.verifiedAt.getTime() + contractAfterSeconds * 1000);
  const isWindowOver = windowEnds !== undefined && windowEnds <= now;
  const waiting = migrations.findIndex(
    ({ version, kind }) => kind === 'contract' && !applied.has(version) && !(isWindowOver && carried.has(version)),
  );
  if (waiting === -1) return { now: migrations, later: [], reason: undefined };
  const first = migrations[waiting];
  const name = first === undefined ? '' : `${String(first.version)} (${first.name})`;
  const until =
    first !== undefined && carried.has(first.version) && windowEnds !== undefined
      ? `the undo window ends at ${windowEnds.toISOString()}`
      : 'it runs when this release has been verified for the undo window';
  return {
    now: migrations.slice(0, waiting),
    later: migrations.slice(waiting),
    reason: `contract migration ${name} waits: ${until}`,
  };
}

/**
 * Why a release cannot run on the schema that is there after `now`, or undefined when it can.
 * @param applied what ran already; expand migrations suit older releases, contract migrations do not.
 */
export function missingSchema(
  release: Pick<Release, 'name' | 'content'>,
  choice: MigrationChoice,
  live: number,
  applied: readonly Pick<Migration, 'version' | 'name' | 'kind'>[] = [],
): string | undefined {
  const { min: needed, max: newest } = release.content.database?.schemaRange ?? { min: 0, max: Infinity };
  const removed = applied.filter(({ version, kind }) => kind === 'contract' && version > newest);
  if (removed.length > 0) {
    const names = removed.map(({ version, name }) => `${String(version)} (${name})`).join(', ');
    return `${release.name} runs on schemas up to ${String(newest)}, and contract migration ${names} has removed what it needs`;
  }
  const reached = Math.max(live, ...choice.now.map(({ version }) => version));
  if (reached >= needed) return undefined;
  return `${release.name} needs schema ${String(needed)}, and ${choice.reason ?? `only ${String(reached)} can be reached`}`;
}
