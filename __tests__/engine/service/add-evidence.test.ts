import { jest } from '@jest/globals';
import { Readable } from 'node:stream';
import type { EvidenceSubmission } from '../../../engine/promotion-service.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { sampleReports } from '../evidence/sample-reports.ts';
import { alan, promoter, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createStoreDatabase());
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const bytes = (text: string): AsyncIterable<Uint8Array> => Readable.from([Buffer.from(text)]);
const add = (more: Partial<EvidenceSubmission> = {}, text = sampleReports.junit, actor = promoter) =>
  desk.service.addEvidence(actor, {
    application: 'shop',
    release: 'v2',
    content: bytes(text),
    source: 'junit.xml',
    ...more,
  });
const stored = async (release = 'v2') => (await desk.service.release(viewer, 'shop', release)).evidence;
const entries = async () => (await desk.store.administrationEvents()).filter(({ type }) => type === 'evidence-added');

describe('adding evidence', () => {
  it('stores the facts of a report with an entry of the audit trail, and the same bytes once', async () => {
    const before = (await entries()).length;
    const first = await add({ commit: 'abc1234' });
    expect(first).toMatchObject({ format: 'junit', isKnown: false });
    expect(first.evidence).toMatchObject([
      { sourceCommit: 'abc1234', source: 'junit.xml', fact: { passed: 1, failed: 1 } },
    ]);
    const again = await add({ commit: 'abc1234', collectedAt: first.evidence[0]?.collectedAt });
    expect(again).toMatchObject({ isKnown: true, evidence: [{ id: first.evidence[0]?.id }] });
    expect((await stored()).filter(({ id }) => id === first.evidence[0]?.id)).toHaveLength(1);
    const [entry, ...others] = (await entries()).slice(before);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      actor: { id: promoter.id },
      data: {
        application: 'shop',
        release: 'v2',
        evidence: [{ id: first.evidence[0]?.id, kind: 'tests', sourceCommit: 'abc1234' }],
      },
    });
  });

  it('is another piece of evidence for another suite, and for another release', async () => {
    const ids = [
      (await add()).evidence[0]?.id,
      (await add({ suite: 'e2e' })).evidence[0]?.id,
      (await add({ release: 'v1' })).evidence[0]?.id,
    ];
    expect(new Set(ids).size).toBe(3);
    expect((await stored('v1')).map(({ id }) => id)).toContain(ids[2]);
  });

  it('takes several facts out of one report', async () => {
    const { evidence } = await add({}, sampleReports.k6);
    expect(evidence.map(({ fact }) => fact.kind)).toEqual(['load', 'performance']);
    expect((await stored()).map(({ id }) => id)).toEqual(expect.arrayContaining(evidence.map(({ id }) => id)));
  });

  it('is dated by whoever gives it, else by the report, else by its file, else now', async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const dated = async (more: Partial<EvidenceSubmission>, text: string) =>
      (await add(more, text)).evidence[0]?.collectedAt;
    const report = new Date('2026-11-20T10:00:00Z');
    expect(await dated({ collectedAt: at(1), writtenAt: at(2) }, `${sampleReports.trivy} `)).toEqual(at(1));
    expect(await dated({ writtenAt: at(2) }, `${sampleReports.trivy}  `)).toEqual(report);
    expect(await dated({ writtenAt: at(2) }, `${sampleReports.lcov}\n`)).toEqual(at(2));
    expect(await dated({}, `${sampleReports.lcov}\n\n`)).toEqual(desk.clock.now());
  });

  it('grows young again when the same report comes out once more', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    const text = `${sampleReports.eslint} `;
    const id = (await add({ writtenAt: at(1) }, text)).evidence[0]?.id;
    await add({ writtenAt: at(9) }, text);
    expect((await add({ writtenAt: at(3) }, text)).isKnown).toBe(true);
    expect((await stored()).find((each) => each.id === id)?.collectedAt).toEqual(at(9));
  });

  it.each([
    ['what is cut off', {}, sampleReports.junit.slice(0, 80), /the report cannot be used: line 2: is cut off/],
    ['what no reader knows', {}, 'hello', /is in no format that is known by its beginning; say --format junit/],
    ['another format than it is said to be', { format: 'trivy' }, sampleReports.grype, /\$\.SchemaVersion: must be 2/],
    ['a suite of what are no tests', { suite: 'e2e' }, sampleReports.lcov, /in the format lcov has no suite/],
    ['a phase of what is no load', { phase: 'after' }, sampleReports.junit, /in the format junit has no phase/],
    ['what is no commit', { commit: 'main; rm -rf' }, sampleReports.junit, /is no commit/],
    ['a date in the future', { collectedAt: new Date('2999-01-01') }, sampleReports.junit, /which is in the future/],
    ['a date that is none', { collectedAt: new Date(Number.NaN) }, sampleReports.junit, /./],
    ['a release that there is not', { release: 'v22' }, sampleReports.junit, /has no release v22\. Did you mean v2\?/],
    ['an application that there is not', { application: 'shpo' }, sampleReports.junit, /Did you mean shop\?/],
  ] as const)('refuses %s, and stores nothing', async (_, more, text, reason) => {
    const before = [await stored(), await entries()];
    await expect(add(more, text)).rejects.toThrow(reason);
    expect([await stored(), await entries()]).toEqual(before);
  });

  it('reads nothing for whoever may not add evidence', async () => {
    let isRead = false;
    async function* content(): AsyncGenerator<Uint8Array> {
      isRead = true;
      yield Buffer.from(sampleReports.junit);
    }
    for (const actor of [viewer, alan]) {
      await expect(add({ content: content() }, '', actor)).rejects.toThrow(/add-evidence needs promoter/);
    }
    expect(isRead).toBe(false);
  });
});
