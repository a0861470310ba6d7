import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackUpRetention } from '../../../engine/retention/back-up-retention.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import type { EnvironmentState } from '../../../engine/store/service-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { moment, pendingStep, sampleDefinition, samplePromotion } from '../workflow/sample-promotion.ts';

const dayMs = 86_400_000;
const { signal } = new AbortController();

let root: string;
let documents: FolderDocumentStore;
let database: MemoryDatabase;
const records = new Map<string, PromotionRecord>();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'retention-'));
  documents = new FolderDocumentStore(root);
  database = new MemoryDatabase();
  records.clear();
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function rules(days: number, backups = 'kept/<app>/<env>', metricsDays = 90): Rules {
  const parsed = parseRules(
    `version: 1
applications: [{ name: shop, services: [{ name: api }] }]
environments:
  - name: dev
    targets: &targets
      deployment: { kind: local }
      registry: registries/<env>
      database: <app>-<env>
      configuration: { repository: configuration, branch: <env>, path: values.yaml }
  - { name: staging, targets: *targets }
paths: [{ from: dev, to: staging }]
locations: { backups: '${backups}' }
retention: { backupsDays: ${String(days)}, metricsDays: ${String(metricsDays)} }
`,
    'rules',
  );
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

/** A promotion that has ended, and its back-up as it was taken so many days ago. */
async function backedUp(id: string, daysAgo: number, state: PromotionRecord['state'] = 'COMPLETED_SUCCESSFULLY') {
  const folder = `kept/shop/staging/${id}`;
  const effect = { key: `${id}:back-up`, fence: 1, signal };
  const { id: databaseBackup } = await database.backUp('shop-staging', effect);
  await documents.write(folder, 'metrics.json', '{}', effect);
  await documents.write(folder, 'backup.json', '{}', effect);
  const at = new Date(moment.getTime() - daysAgo * dayMs);
  await utimes(join(root, folder), at, at);
  const definition = sampleDefinition([]);
  const step = { ...pendingStep('back-up', 0), finishedAt: at, output: { folder, databaseBackup } };
  const target = { ...definition.target, database: 'shop-staging' };
  records.set(id, samplePromotion({ ...definition, target }, { id, state, steps: [step] }));
}

function retention(
  days: number,
  needed: Partial<EnvironmentState> = {},
  backups?: string,
  metricsDays?: number,
): BackUpRetention {
  const state = { application: 'shop', name: 'staging', ...needed } as EnvironmentState;
  return new BackUpRetention(
    { environments: async () => [state], load: async (id) => records.get(id) },
    { database, documents },
    { current: async () => rules(days, backups, metricsDays) },
    new VirtualClock(moment),
  );
}

describe('back-ups that the rules keep for some days', () => {
  it('are removed behind that, the database and the documents, and the younger ones stay', async () => {
    await backedUp('pr-old', 31);
    await backedUp('pr-young', 29);
    expect(await retention(30).sweep()).toEqual([{ promotionId: 'pr-old', environment: 'staging' }]);
    expect(await readdir(join(root, 'kept/shop/staging'))).toEqual(['pr-young']);
    expect(database.effects.filter((effect) => effect.startsWith('discard'))).toEqual([
      'discard backup-of-pr-old:back-up',
    ]);
    expect(await retention(30).sweep()).toEqual([]);
  });

  it('stay however old they are while a rollback would need them, or their promotion has not ended', async () => {
    await backedUp('pr-current', 400);
    await backedUp('pr-slot', 400);
    await backedUp('pr-parked', 400, 'PROMOTION_RUNNING');
    expect(await retention(30, { promotionId: 'pr-current', slotHeldBy: 'pr-slot' }).sweep()).toEqual([]);
    expect(await retention(30, { promotionId: 'pr-slot' }).sweep()).toMatchObject([{ promotionId: 'pr-current' }]);
  });

  it('are all that is removed: what somebody else keeps in the folder stays', async () => {
    await documents.write('kept/shop/staging/of-the-team', 'notes.txt', 'x', { key: 'x', fence: 1, signal });
    const old = new Date(moment.getTime() - 400 * dayMs);
    await utimes(join(root, 'kept/shop/staging/of-the-team'), old, old);
    expect(await retention(1).sweep()).toEqual([]);
    expect(await readdir(join(root, 'kept/shop/staging'))).toEqual(['of-the-team']);
  });

  it('are looked for again when the database did not answer', async () => {
    await backedUp('pr-old', 31);
    const discard = database.discardBackUp.bind(database);
    database.discardBackUp = () => Promise.reject(new Error('connection refused'));
    await expect(retention(30).sweep()).rejects.toThrow('connection refused');
    database.discardBackUp = discard;
    expect(await retention(30).sweep()).toHaveLength(1);
  });

  it('are left to the bucket that they are kept in', async () => {
    expect(await retention(1, {}, 'gs://bucket/backups').sweep()).toEqual([]);
  });
});

describe('snapshots of metrics that the rules keep for fewer days than back-ups', () => {
  it('are removed behind that, also of what is needed, and the back-ups stay for as long as they would have', async () => {
    await backedUp('pr-old', 20);
    await backedUp('pr-needed', 20);
    await backedUp('pr-young', 5);
    const filesOf = async (id: string) =>
      (await readdir(join(root, `kept/shop/staging/${id}`))).filter((name) => name.endsWith('.json')).toSorted();
    expect(await retention(30, { promotionId: 'pr-needed' }, undefined, 10).sweep()).toEqual([]);
    expect(await filesOf('pr-old')).toEqual(['backup.json']);
    expect(await filesOf('pr-needed')).toEqual(['backup.json']);
    expect(await filesOf('pr-young')).toEqual(['backup.json', 'metrics.json']);
    const removed = await retention(19, { promotionId: 'pr-needed' }, undefined, 10).sweep();
    expect(removed.map(({ promotionId }) => promotionId)).toEqual(['pr-old']);
  });
});
