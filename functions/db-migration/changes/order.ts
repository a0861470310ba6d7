import type { WireMigration } from '../../../engine/contract/database-function-api.ts';
import type { AppliedMigration } from '../control/applied-migration.ts';
import { FunctionError } from '../function-error.ts';
import { labelOf } from './migration-script.ts';

/** Versions that are applied here with other bytes than the given migrations have, lowest first. */
export function checksumMismatches(
  applied: readonly AppliedMigration[],
  migrations: readonly WireMigration[],
): readonly number[] {
  const given = new Map(migrations.map((migration) => [migration.version, migration]));
  return applied
    .filter((row) => (given.get(row.version)?.checksum ?? row.checksum) !== row.checksum)
    .map((row) => row.version);
}

/** @throws FunctionError `checksum-mismatch` */
export function refuseMismatches(applied: readonly AppliedMigration[], migrations: readonly WireMigration[]): void {
  const mismatches = checksumMismatches(applied, migrations);
  if (mismatches.length === 0) return;
  const names = applied.filter((row) => mismatches.includes(row.version)).map(labelOf);
  throw new FunctionError(
    'checksum-mismatch',
    `Applied here with other content than this release carries: ${names.join(', ')}. Nothing was run. Find out which content is right; an applied migration is never edited.`,
  );
}

/**
 * The given migrations that are still to be applied, in order; one that was left half-way comes first.
 * @throws FunctionError `out-of-order` at a gap, a version given twice, or one below what is applied;
 * `unfinished-migration` when something else was left half-way
 */
export function pendingOf(
  applied: readonly AppliedMigration[],
  migrations: readonly WireMigration[],
): readonly WireMigration[] {
  const ordered = inOrder(migrations);
  const finished = new Set(applied.filter((row) => row.finishedAt !== null).map((row) => row.version));
  for (const row of applied) {
    if (row.finishedAt !== null) continue;
    if (row.revertingKey !== null) {
      throw new FunctionError(
        'unfinished-migration',
        `The reversion of ${labelOf(row)} was interrupted. Revert it again, then apply.`,
      );
    }
    if (!ordered.some((migration) => migration.version === row.version)) {
      throw new FunctionError(
        'unfinished-migration',
        `Migration ${labelOf(row)} was interrupted and is not among those given. Apply or revert the release that holds it first.`,
      );
    }
  }
  const pending = ordered.filter((migration) => !finished.has(migration.version));
  let next = Math.max(0, ...finished) + 1;
  for (const migration of pending) {
    if (migration.version < next) {
      throw new FunctionError(
        'out-of-order',
        `Migration ${labelOf(migration)} is not applied, but ${next - 1} already is. Give it a version above ${next - 1}.`,
      );
    }
    if (migration.version > next) {
      throw new FunctionError(
        'out-of-order',
        `Migration ${labelOf(migration)} cannot follow version ${next - 1}: version ${next} is missing.`,
      );
    }
    next += 1;
  }
  return pending;
}

/**
 * The given migrations that are applied, newest first.
 * @throws FunctionError `out-of-order` when something newer than one of them would stay applied
 */
export function revertibleOf(
  applied: readonly AppliedMigration[],
  migrations: readonly WireMigration[],
): readonly WireMigration[] {
  const ordered = inOrder(migrations);
  const present = new Set(applied.map((row) => row.version));
  const chosen = ordered.filter((migration) => present.has(migration.version));
  const lowest = chosen[0];
  if (lowest === undefined) return [];
  const given = new Set(chosen.map((migration) => migration.version));
  const kept = applied.find((row) => row.version > lowest.version && !given.has(row.version));
  if (kept !== undefined) {
    throw new FunctionError(
      'out-of-order',
      `Migration ${labelOf(lowest)} cannot be reverted while the newer ${labelOf(kept)} stays applied.`,
    );
  }
  return chosen.toReversed();
}

function inOrder(migrations: readonly WireMigration[]): readonly WireMigration[] {
  const ordered = migrations.toSorted((a, b) => a.version - b.version);
  const twice = ordered.find((migration, position) => ordered[position + 1]?.version === migration.version);
  if (twice !== undefined) {
    throw new FunctionError('out-of-order', `Version ${twice.version} is given twice.`);
  }
  return ordered;
}
