import { jest } from '@jest/globals';
import { reportFolder } from '../../../engine/reports/keep-report.ts';
import { ReportWriter } from '../../../engine/reports/report-writer.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from '../service/running-desk.ts';
import { alan, operator, promoter, rulesText } from '../service/service-fixture.ts';

// Real Postgres, git and files.
jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await running.close();
});

const signal = new AbortController().signal;
const approved = `approvals:
  stages: [{ name: only, roles: [approver], timeoutSeconds: 3600 }]`;

/** @param into what the path into qa demands. */
async function open(into = '', more = ''): Promise<void> {
  const indented = into.split('\n').map((line) => `    ${line}`);
  const rules = rulesText().replace('  - { from: dev, to: qa }', `  - from: dev\n    to: qa\n${indented.join('\n')}`);
  running = await RunningDesk.open(await server.createStoreDatabase(), `${rules}${more}`);
  await running.release('v3');
}

const promote = () => running.promote({ release: 'v3' });
const writer = () => new ReportWriter(running.desk.store, running.ports.documents, 1);
const sweep = () => writer().sweep(signal);

interface Told {
  readonly outcome: { readonly state: string; readonly text: string; readonly reason: string | null };
  readonly timeline: readonly { readonly type: string; readonly text: string; readonly seq: number }[];
  readonly audit: { readonly entries: number };
  readonly notes: readonly { readonly text: string }[];
}

async function told(id: string): Promise<Told> {
  return JSON.parse((await running.report(id, 'report.json')) ?? '') as Told;
}

/** Services are well as long as v3 does not run. */
function breakV3(): void {
  const { qa } = running.deployments.of;
  const probe = running.ports.probe.probe.bind(running.ports.probe);
  Object.assign(running.ports.probe, {
    probe: async (...asked: Parameters<typeof probe>) => {
      running.health.isHealthy = (await qa.status()).desired?.release !== 'v3';
      return probe(...asked);
    },
  });
}

/** Every way to end, and how to get there. */
const ends: readonly (readonly [string, string, () => Promise<PromotionRecord>])[] = [
  ['COMPLETED_SUCCESSFULLY', '', () => promote()],
  ['FAILED', 'gates: { coverage: { minimumPercent: 80 } }', () => promote()],
  [
    'ROLLED_BACK',
    'verification: { timeoutSeconds: 1 }',
    () => {
      breakV3();
      return promote();
    },
  ],
  [
    'ROLLBACK_FAILED',
    'verification: { timeoutSeconds: 1 }',
    () => {
      running.health.isHealthy = false;
      return promote();
    },
  ],
  ['REJECTED', approved, () => decided('rejected')],
  [
    'EXPIRED',
    approved,
    async () => {
      const { id } = await promote();
      running.desk.clock.advance(3601);
      await running.work();
      return running.desk.load(id);
    },
  ],
  [
    'CANCELLED',
    approved,
    async () => {
      const { id } = await promote();
      await running.desk.service.cancel(operator, id, 'not today');
      await running.work();
      return running.desk.load(id);
    },
  ],
  [
    'SUPERSEDED',
    approved,
    async () => {
      const { id } = await promote();
      return running.desk.change(id, (draft) => {
        draft.append('superseded', engineActor, { by: 'pr-newer', release: 'v3' });
        draft.moveTo('SUPERSEDED', engineActor);
      });
    },
  ],
];

async function decided(decision: 'approved' | 'rejected'): Promise<PromotionRecord> {
  const { id } = await promote();
  await running.desk.service.decide(alan, { promotionId: id, decision, comment: 'not on a Friday' });
  await running.work();
  return running.desk.load(id);
}

describe('the report of what has ended', () => {
  it.each(ends)('is kept when a promotion ends as %s', async (state, into, end) => {
    await open(into);
    const promotion = await end();
    expect(promotion.state).toBe(state);
    expect(await sweep()).toBe(1);
    const report = await told(promotion.id);
    expect(report.outcome.state).toBe(state);
    expect(report.audit.entries).toBe(promotion.eventSeq);
    expect(report.timeline.at(-1)?.seq).toBe(promotion.eventSeq);
    expect(await running.report(promotion.id)).toContain(`- Outcome: ${report.outcome.text}`);
  });

  it('says why it ended, also when no step of it ran after somebody decided', async () => {
    await open(approved);
    const { id } = await decided('rejected');
    await sweep();
    expect((await told(id)).outcome.reason).toContain('not on a Friday');
    expect(await running.report(id)).toContain('only: rejected by alan@shop.example');
  });

  it('of a rollback by a person is its own, and names what it took back', async () => {
    await open();
    const { id } = await promote();
    const rollback = await running.desk.service.rollBack(operator, { promotionId: id, reason: 'slow' });
    await running.work();
    expect(await sweep()).toBe(2);
    expect((await told(rollback)).outcome.state).toBe('ROLLED_BACK');
    expect(await running.report(rollback)).toContain(`- Takes back: ${id}`);
  });

  it('is written once, and again when something was noted afterwards', async () => {
    await open();
    const { id } = await promote();
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    await running.desk.service.note(promoter, id, 'customers told');
    expect(await sweep()).toBe(1);
    expect((await told(id)).notes).toMatchObject([{ text: 'customers told' }]);
    expect(await sweep()).toBe(0);
  });

  it('is the same that is made when somebody asks', async () => {
    await open();
    const { id } = await promote();
    await sweep();
    expect(await told(id)).toEqual(JSON.parse(JSON.stringify(await running.desk.service.report(promoter, id))));
  });

  it('is not written by whoever was overtaken', async () => {
    await open();
    const { id } = await promote();
    const { reports } = running.desk.store;
    const [first] = await reports.takeDue(10, 0, 1);
    expect(first?.promotionId).toBe(id);
    // The lease is over at once: somebody else writes it under a higher fence.
    expect(await sweep()).toBe(1);
    await running.desk.service.note(promoter, id, 'late');
    const late = new ReportWriter(
      {
        ...bound(running.desk.store),
        reports: { takeDue: async () => [first ?? never()], settle: reports.settle.bind(reports) },
      },
      running.ports.documents,
      1,
    );
    expect(await late.sweep(signal)).toBe(0);
    expect((await told(id)).notes).toEqual([]);
  });

  it('holds nothing else up when it cannot be written, and is tried again', async () => {
    await open();
    const { id } = await promote();
    const full = { write: () => Promise.reject(new Error('the disk is full')) };
    await expect(new ReportWriter(running.desk.store, full, 1).sweep(signal)).rejects.toThrow(
      '1 report was not written',
    );
    // It is due again when its lease is over, not before.
    expect(await sweep()).toBe(0);
    await running.desk.service.note(promoter, id, 'the disk is mended');
    expect(await sweep()).toBe(1);
  });

  it('has the forms that the rules want, the six groups among them', async () => {
    await open('', 'reports: { formats: [html], compliance: true }\n');
    const { id } = await promote();
    await sweep();
    expect(await running.report(id, 'report.html')).toContain('<!doctype html>');
    expect(await running.report(id, 'report.md')).toBeUndefined();
    expect(JSON.parse((await running.report(id, 'compliance.json')) ?? '')).toMatchObject({
      promotionId: id,
      workflowMetadata: { outcome: 'COMPLETED_SUCCESSFULLY' },
    });
  });

  it('is where the rules want it; where those of older engines are when they said nothing of it', async () => {
    await open('', 'locations: { reports: told/<env>/<app> }\n');
    const { id } = await promote();
    await sweep();
    const read = (folder: string) => running.ports.documents.read(folder, 'report.md', signal);
    expect(await read(`told/qa/shop/${id}`)).toContain('- Outcome: promoted');
    expect(reportFolder({ id, definition: {} })).toBe(`reports-${id}`);
  });

  it('is not kept where the rules want none, and can be made all the same', async () => {
    await open('', 'reports: { enabled: false }\n');
    const { id, steps } = await promote();
    expect(steps.map(({ name }) => name)).not.toContain('report');
    await sweep();
    expect(await running.report(id)).toBeUndefined();
    expect((await running.desk.service.report(promoter, id)).outcome.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await sweep()).toBe(0);
  });
});

function never(): never {
  throw new Error('nothing was due');
}

/** The store's methods without its class, so that one of them can be another. */
function bound(store: RunningDesk['desk']['store']) {
  return {
    load: store.load.bind(store),
    loadRelease: store.loadRelease.bind(store),
    events: store.events.bind(store),
    votes: store.votes.bind(store),
    ticks: store.ticks.bind(store),
    changesOf: store.changesOf.bind(store),
    openItems: store.openItems.bind(store),
    evidence: store.evidence.bind(store),
    plan: store.plan.bind(store),
  };
}
