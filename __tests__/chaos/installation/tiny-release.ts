import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { migrationChecksum } from '../../../engine/contract/database-function-api.ts';
import type { Migration, ReleaseContent } from '../../../engine/release.ts';
import { tinyService, type Health } from './tiny-service.ts';

/** A release that changes one thing of every kind: an image, a value, a column and a flag. */
export interface TinyRelease {
  readonly name: string;
  readonly health: Health;
  readonly level: number;
  readonly flag: string;
  readonly column: string;
  readonly digest: string;
  readonly content: ReleaseContent;
}

export interface TinyReleaseRequest {
  readonly number: number;
  readonly health: Health;
  readonly registryRoot: string;
  readonly repository: string;
  /** Those of the release that runs now; the new one brings one more. Undefined: the application has no database. */
  readonly earlierMigrations: readonly Migration[] | undefined;
  /** What nothing needs any more when this release runs; its contract migration drops it. */
  readonly droppedColumn?: string | undefined;
}

/** The rows that the writing client is acknowledged go here. */
export const entryTable = migration(1, 'entries', {
  up: 'create table entry (id bigint primary key, written_at timestamptz not null default clock_timestamp())',
});

/** Builds a release's image into the registry that it is promoted from. */
export async function buildTinyRelease(request: TinyReleaseRequest): Promise<TinyRelease> {
  const { number, health, registryRoot, repository, earlierMigrations, droppedColumn } = request;
  const name = `r${String(number)}`;
  const column = `note_${String(number)}`;
  const flag = `release-${String(number)}`;
  const { digest } = await writeImage({
    registryRoot,
    repository,
    files: [{ path: 'app/server.mjs', content: tinyService(name, health) }],
    entrypoint: ['node', '/app/server.mjs'],
  });
  return {
    name,
    health,
    level: number,
    flag,
    column,
    digest,
    content: {
      images: [{ service: 'web', image: 'web', digest }],
      configuration: { 'settings.level': number },
      ...(earlierMigrations === undefined ? {} : { database: withColumn(earlierMigrations, column, droppedColumn) }),
      flags: [{ key: flag, description: `Came with ${name}`, defaultEnabled: true }],
    },
  };
}

function withColumn(
  earlier: readonly Migration[],
  column: string,
  droppedColumn: string | undefined,
): NonNullable<ReleaseContent['database']> {
  const version = earlier.length + 1;
  const added = migration(version, column, {
    up: `alter table entry add column ${column} text`,
    down: `alter table entry drop column ${column}`,
  });
  if (droppedColumn === undefined) return { schemaRange: { min: 1, max: version }, migrations: [...earlier, added] };
  const dropped = migration(version + 1, `drop_${droppedColumn}`, {
    kind: 'contract',
    up: `alter table entry drop column ${droppedColumn}`,
    down: `alter table entry add column ${droppedColumn} text`,
  });
  return { schemaRange: { min: 1, max: version + 1 }, migrations: [...earlier, added, dropped] };
}

interface Statements {
  readonly kind?: Migration['kind'];
  readonly up: string;
  readonly down?: string;
}

function migration(version: number, name: string, { kind = 'expand', up, down }: Statements): Migration {
  const shared = { version, name, kind, transactional: true, up, downLosesData: false } as const;
  const checksum = migrationChecksum(up, down);
  return down === undefined ? { ...shared, checksum } : { ...shared, down, checksum };
}
