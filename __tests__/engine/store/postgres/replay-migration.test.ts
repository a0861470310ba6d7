import { jest } from '@jest/globals';
import { Pool } from 'pg';
import { connectStore } from '../../../../engine/store/postgres/connect.ts';
import { migrateSchema, readSchemaMigrations } from '../../../../engine/store/postgres/migrate-schema.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

const folder = `${import.meta.dirname}/../../../../engine/store/postgres/migrations`;
const digest = `sha256:${'1'.repeat(64)}`;
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));

describe('a database from before evidence was remembered with its time', () => {
  it('learns from the audit trail when it was recorded, and admits where nobody knows', async () => {
    const url = await server.createDatabase();
    const pool = new Pool({ connectionString: url });
    try {
      const migrations = await readSchemaMigrations(folder);
      const place = migrations.findIndex(({ name }) => name === 'replay');
      await migrateSchema(pool, migrations.slice(0, place));
      await pool.query(`insert into application (name) values ('shop')`);
      await pool.query(
        `insert into release (id, application, name, digest, content, created_by) values ('r', 'shop', 'v1', $1, '{}', 'ci')`,
        [digest],
      );
      const fact = '{"kind": "coverage", "linesPercent": 90}';
      for (const [id, collected] of [
        ['again', at(5)],
        ['untold', at(4)],
      ] as const) {
        await pool.query(
          `insert into evidence (id, release_digest, collected_at, source, fact) values ($1, $2, $3, 'ci', $4)`,
          [id, digest, collected, fact],
        );
      }
      for (const [seq, collected, told] of [
        [1, at(1), at(2)],
        [2, at(5), at(6)],
        [3, at(5), at(7)],
      ] as const) {
        const data = {
          evidence: [{ id: 'again', collectedAt: collected.toISOString(), source: 'ci', sourceCommit: null }],
        };
        await pool.query(
          `insert into administration_event (seq, at, type, actor, data, previous_hash, hash)
           values ($1, $2, 'evidence-added', '{}', $3, '', '')`,
          [seq, told, JSON.stringify(data)],
        );
      }
      await pool.query(
        `insert into deployed_release (application, environment, release_id, deployed_at, verified_at)
         values ('shop', 'staging', 'r', $1, $2)`,
        [at(1), at(3)],
      );
      const { store, close } = await connectStore({ url });
      try {
        const { evidence, deployments } = await store.replay.look((past) => past.application('shop'));
        const told = evidence.map(({ id, collectedAt, recordedAt }) => [id, collectedAt, recordedAt]);
        expect(told.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
          ['again', at(1), at(2)],
          ['again', at(5), at(6)],
          ['untold', at(4), undefined],
        ]);
        expect(deployments.map(({ verifiedAt }) => verifiedAt)).toEqual([[at(3)]]);
      } finally {
        await close();
      }
    } finally {
      await pool.end();
    }
  });

  it('goes on to be written by an engine that does not know the time', async () => {
    const url = await server.createDatabase();
    const { store, close } = await connectStore({ url });
    const pool = new Pool({ connectionString: url });
    try {
      await store.createApplication('shop');
      const content = { images: [], configuration: {}, flags: [] };
      await store.createRelease({ id: 'r', application: 'shop', name: 'v1', digest, content, createdBy: 'ci' });
      const began = Date.now();
      const write = (collected: Date) =>
        pool.query(
          `insert into evidence (id, release_digest, collected_at, source, fact) values ('e', $1, $2, 'ci', '{}')
           on conflict (id) do update set collected_at = excluded.collected_at`,
          [digest, collected],
        );
      await write(at(1));
      await write(at(2));
      const { evidence } = await store.replay.look((past) => past.application('shop'));
      expect(evidence.map(({ collectedAt }) => collectedAt)).toEqual([at(2), at(1)]);
      for (const { recordedAt } of evidence) expect(recordedAt?.getTime()).toBeGreaterThan(began - 60_000);
    } finally {
      await pool.end();
      await close();
    }
  });
});
