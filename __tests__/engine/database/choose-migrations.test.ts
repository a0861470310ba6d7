import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseMigrations, missingSchema } from '../../../engine/database/choose-migrations.ts';
import type { Migration, ReleaseContent } from '../../../engine/release.ts';

const now = new Date('2026-03-01T12:00:00Z');
const hourAgo = new Date('2026-03-01T11:00:00Z');

function migration(version: number, kind: Migration['kind']): Migration {
  const checksum = String(version).padStart(64, '0');
  return {
    version,
    name: `m${String(version)}`,
    kind,
    transactional: true,
    up: 'select 1',
    downLosesData: true,
    checksum,
  };
}

function content(migrations: readonly Migration[], min = 0): ReleaseContent {
  return {
    images: [{ service: 'web', image: 'web', digest: `sha256:${'0'.repeat(64)}` }],
    configuration: {},
    flags: [],
    database: { schemaRange: { min, max: 99 }, migrations: [...migrations] },
  };
}

const versions = (migrations: readonly Migration[]) => migrations.map(({ version }) => version);

describe('which migrations run before a deployment', () => {
  it('runs every expand migration at once', () => {
    const migrations = [migration(1, 'expand'), migration(2, 'expand')];
    expect(versions(chooseMigrations(migrations, new Set(), undefined, 3600, now).now)).toEqual([1, 2]);
  });

  it('never runs the contract migration of the release that is only coming', () => {
    const migrations = [migration(1, 'expand'), migration(2, 'contract')];
    const running = { release: { content: content([migration(1, 'expand')]) }, verifiedAt: new Date(0) };
    const choice = chooseMigrations(migrations, new Set([1]), running, 0, now);
    expect(versions(choice.now)).toEqual([1]);
    expect(choice.reason).toContain('contract migration 2 (m2) waits');
  });

  it('runs the contract migration of the running release once its undo window is over', () => {
    const migrations = [migration(1, 'expand'), migration(2, 'contract'), migration(3, 'expand')];
    const running = { release: { content: content(migrations.slice(0, 2)) }, verifiedAt: hourAgo };
    expect(versions(chooseMigrations(migrations, new Set([1]), running, 3600, now).now)).toEqual([1, 2, 3]);
    expect(versions(chooseMigrations(migrations, new Set([1]), running, 3601, now).now)).toEqual([1]);
  });

  it('takes a release that was never verified as one whose undo window never ends', () => {
    const migrations = [migration(1, 'contract')];
    const running = { release: { content: content(migrations) }, verifiedAt: undefined };
    expect(chooseMigrations(migrations, new Set(), running, 0, now).now).toEqual([]);
  });

  it('lets a contract migration that ran already hold nothing up', () => {
    const migrations = [migration(1, 'contract'), migration(2, 'expand')];
    expect(versions(chooseMigrations(migrations, new Set([1]), undefined, 3600, now).now)).toEqual([1, 2]);
  });

  it('says which schema a release lacks and until when, and nothing when it lacks none', () => {
    const migrations = [migration(1, 'expand'), migration(2, 'contract'), migration(3, 'expand')];
    const running = { release: { content: content(migrations.slice(0, 2)) }, verifiedAt: now };
    const choice = chooseMigrations(migrations, new Set([1]), running, 3600, now);
    expect(missingSchema({ name: 'v9', content: content(migrations, 3) }, choice, 1)).toMatch(
      /v9 needs schema 3.*13:00/,
    );
    expect(missingSchema({ name: 'v9', content: content(migrations, 1) }, choice, 1)).toBeUndefined();
  });

  it('refuses a release what a contract migration has removed, and no expand migration', () => {
    const newer = content([migration(1, 'expand'), migration(2, 'expand'), migration(3, 'contract')]);
    const choice = chooseMigrations([], new Set([1, 2]), undefined, 3600, now);
    const old = {
      name: 'v1',
      content: { ...content([]), database: { schemaRange: { min: 0, max: 1 }, migrations: [] } },
    };
    const applied = newer.database?.migrations ?? [];
    expect(missingSchema(old, choice, 2, applied.slice(0, 2))).toBeUndefined();
    expect(missingSchema(old, choice, 3, applied)).toBe(
      'v1 runs on schemas up to 1, and contract migration 3 (m3) has removed what it needs',
    );
  });

  it('keeps the order and loses none, whatever is asked', () => {
    const kinds = fc.array(fc.constantFrom('expand' as const, 'contract' as const), { maxLength: 12 });
    fc.assert(
      fc.property(kinds, fc.nat(12), fc.integer({ min: 0, max: 7200 }), (chosen, appliedCount, seconds) => {
        const migrations = chosen.map((kind, index) => migration(index + 1, kind));
        const applied = new Set(versions(migrations.slice(0, appliedCount)));
        const running = { release: { content: content(migrations.slice(0, appliedCount)) }, verifiedAt: hourAgo };
        const choice = chooseMigrations(migrations, applied, running, seconds, now);
        expect([...choice.now, ...choice.later]).toEqual(migrations);
        expect(choice.reason === undefined).toBe(choice.later.length === 0);
      }),
    );
  });
});
