import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { LocalDeploymentTarget } from '../../../engine/deployment/local/local-deployment-target.ts';
import type { ReleaseContent } from '../../../engine/release.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { DatabaseFunctionBench } from '../../support/database-function-process.ts';
import { sampleMigration } from '../../support/sample-migration.ts';
import { RunningDesk } from '../service/running-desk.ts';
import { alan, anna, rulesText } from '../service/service-fixture.ts';

jest.setTimeout(180_000);

/** Approved on the 20th, the path opens on the 21st: what is approved has time to become something else. */
const path = `approvals: { stages: [{ name: SRE, roles: [approver] }] }
windows: [{ kind: once, from: 2026-11-21T00:00:00Z, to: 2026-11-30T00:00:00Z }]`;
const signal = new AbortController().signal;

let functions: DatabaseFunctionBench;
let running: RunningDesk;
let folder: string;
beforeAll(async () => {
  functions = await DatabaseFunctionBench.start();
});
afterAll(async () => {
  await functions.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drift-'));
});
afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

/** A promotion of v3 into staging that is approved and waits for its window. @returns its id. */
async function approved(other: Partial<Ports> = {}, content: Partial<ReleaseContent> = {}): Promise<string> {
  const rules = rulesText(path);
  running = await RunningDesk.open(await functions.postgres.createStoreDatabase(), rules, other);
  await running.release('v3', { verifiedIn: ['dev', 'qa'], ...content });
  const { id } = await running.promote({ release: 'v3', to: 'staging' });
  await decide(id, alan);
  const { state, parked } = await running.desk.load(id);
  expect([state, parked?.reason]).toEqual(['APPROVAL_GRANTED', 'window']);
  return id;
}

async function decide(id: string, actor: typeof alan): Promise<void> {
  await running.desk.service.decide(actor, { promotionId: id, decision: 'approved' });
  await running.work();
}

/** Lets the window begin, in which the promotion would be executed. @returns what it waits for then. */
async function execute(id: string): Promise<string | undefined> {
  running.desk.clock.advance(86_400);
  await running.work();
  const { state, parked, holdsSlot } = await running.desk.load(id);
  expect([state, parked?.reason, holdsSlot]).toEqual(['PENDING_APPROVAL', 'approval', false]);
  const [runs] = await running.desk.store.deployedReleases('shop', 'staging');
  expect(runs?.release.name).toBe('v1');
  return parked?.detail;
}

/** What whoever decides anew is told, and that everybody else is told too. */
async function expectAskedAgain(id: string, detail: string | undefined, changed: RegExp): Promise<void> {
  expect(detail).toMatch(
    /^0 of 1 approval of stage SRE \(role approver\)\. This is no longer what was asked before\. Changed: /,
  );
  expect(detail).toMatch(changed);
  const told = (await running.desk.store.takeOutbox(200, 60)).filter(({ type }) => type === 'plan.changed');
  expect(told).toHaveLength(1);
  expect(told[0]?.body).toMatchObject({ promotionId: id, reason: expect.stringMatching(changed) as string });
}

/** What is desired on disk. Nobody acts on it here, and nothing that is tried here gets as far as a roll-out. */
class UnattendedTarget extends LocalDeploymentTarget {
  override reach(): Promise<void> {
    return Promise.resolve();
  }
}

/** Staging as the local platform keeps it on disk: v1, or whatever somebody puts there. */
async function stagingOnDisk() {
  const target = new UnattendedTarget(folder);
  let generation = 0;
  const put = async (digest: string, configurationCommit: string): Promise<void> => {
    const services = [{ name: 'api', repository: 'registries/staging/api', digest }];
    const desired = { application: 'shop', release: 'v1', configurationCommit, services };
    const effect = { key: 'by-hand', fence: 0, signal };
    ({ generation } = await target.apply('staging', desired, generation, effect));
  };
  await put(`sha256:${'a'.repeat(64)}`, 'c'.repeat(40));
  return { target, put };
}

describe('an approval does not survive', () => {
  it('that another image was put into the target', async () => {
    const { target, put } = await stagingOnDisk();
    const id = await approved({ deployment: target });
    await put(`sha256:${'b'.repeat(64)}`, 'c'.repeat(40));
    const detail = await execute(id);
    await expectAskedAgain(id, detail, /image api that runs there \(sha256:aaaaaaa… → sha256:bbbbbbb…\)/);
  });

  it('that the configuration of the target was changed, of which the setting is named', async () => {
    const id = await approved({}, { configuration: { 'feature.limit': 9 } });
    running.git.commit('env/staging', {
      'shop/staging/values.yaml': 'release: v1\nimages:\n  api: sha256:old\nfeature:\n  limit: 7\n',
    });
    const detail = await execute(id);
    await expectAskedAgain(id, detail, /setting feature\.limit there \(5 → 7\)/);
    await decide(id, anna);
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('that a setting of the target was changed that the promotion leaves alone, which is named with its values', async () => {
    const id = await approved();
    running.git.commit('env/staging', {
      'shop/staging/values.yaml': 'release: v1\nimages:\n  api: sha256:old\nfeature:\n  limit: 7\n',
    });
    const detail = await execute(id);
    await expectAskedAgain(id, detail, /configuration of staging \(feature\.limit 5 → 7; commit \w{7} → \w{7}\)/);
    await decide(id, anna);
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('that a migration of it ran in the database meanwhile', async () => {
    const { api } = await functions.startFunction();
    await functions.createDatabase('shop-staging');
    const migrations = [
      sampleMigration(1, 'create table entry (id int primary key)', { name: 'entries' }),
      sampleMigration(2, 'alter table entry add column remark text', { name: 'remarks' }),
    ];
    await api.migrate('shop-staging', migrations.slice(0, 1), { key: 'setup', fence: 0, signal });
    const id = await approved({ database: api }, { database: { schemaRange: { min: 1, max: 2 }, migrations } });
    await api.migrate('shop-staging', migrations, { key: 'by-hand', fence: 1, signal });
    const detail = await execute(id);
    await expectAskedAgain(
      id,
      detail,
      /migration 2 \(remarks\) does not run any more; schema of the database \(version 1 → 2\)/,
    );
  });

  it('that a flag of the target was changed', async () => {
    const flag = { key: 'gift-notes', description: 'Notes on gifts', defaultEnabled: false };
    const id = await approved({}, { flags: [flag] });
    const { revision } = await running.ports.flags.read('staging', signal);
    const set = { ...flag, isEnabled: true, percentage: 50 };
    await running.ports.flags.write('staging', [set], revision, running.effect(2));
    const detail = await execute(id);
    await expectAskedAgain(id, detail, /flag gift-notes \(new → as it is\); flags of staging \(revision \w+ → \w+\)/);
    await decide(id, anna);
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('that the target was altered by hand, though it runs the same images', async () => {
    const { target, put } = await stagingOnDisk();
    const id = await approved({ deployment: target });
    await put(`sha256:${'a'.repeat(64)}`, 'd'.repeat(40));
    const detail = await execute(id);
    await expectAskedAgain(
      id,
      detail,
      /the deployment of staging, altered outside of a promotion \(generation 1 → 2\)/,
    );
  });
});

describe('an approval of what is still the same', () => {
  it('survives, and nobody is asked twice', async () => {
    const id = await approved();
    running.desk.clock.advance(86_400);
    await running.work();
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('is refused to whoever decides about what he was shown, when it changed meanwhile, with what changed', async () => {
    running = await RunningDesk.open(await functions.postgres.createStoreDatabase(), rulesText(path));
    await running.release('v3', { verifiedIn: ['dev', 'qa'] });
    const { id, planHash } = await running.promote({ release: 'v3', to: 'staging' });
    running.git.commit('env/staging', { 'shop/staging/values.yaml': 'release: v1\nimages:\n  api: sha256:new\n' });
    await running.desk.change(id, (draft) => {
      draft.makeDue();
    });
    await running.work();
    const decision = { promotionId: id, decision: 'approved' as const, planHash };
    await expect(running.desk.service.decide(alan, decision)).rejects.toThrow(
      /^this is no longer what you were asked\. Changed: .*configuration of staging \(.*feature\.limit 5 → unset; commit \w{7} → \w{7}\)\. Look at it again: promote status pr-/,
    );
  });
});
