import { migrationChecksum } from '../../engine/contract/database-function-api.ts';
import type { Migration } from '../../engine/release.ts';

/** A migration as a release would carry it; expand, in a transaction and without a down file unless said otherwise. */
export function sampleMigration(
  version: number,
  up: string,
  more: Partial<Pick<Migration, 'name' | 'kind' | 'transactional' | 'down'>> = {},
): Migration {
  return {
    version,
    name: `step_${version}`,
    kind: 'expand',
    transactional: true,
    downLosesData: true,
    ...more,
    up,
    checksum: migrationChecksum(up, more.down),
  };
}
