import fc from 'fast-check';
import { findingSeverities, type Finding } from '../../../engine/evidence/evidence.ts';
import { judgeFindings, type FindingsLimits, type FindingsReport } from '../../../engine/evidence/judge-findings.ts';
import type { Waiver } from '../../../engine/evidence/waiver.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const day = 86_400;

const waiverOf = (finding: string): Waiver => ({
  id: `wv-${finding}`,
  application: 'shop',
  finding,
  owner: 'sre@shop.example',
  reason: 'not reachable',
  expiresAt: new Date('2027-01-01T00:00:00Z'),
  releaseDigest: undefined,
  createdBy: undefined,
  createdAt: undefined,
  revoked: undefined,
});

const critical = (id: string, more: Partial<Finding> = {}): Finding => ({ id, severity: 'critical', ...more });
const listing = (...items: readonly Finding[]): FindingsReport => ({ counts: {}, items, collectedAt: daysAgo(1) });
const limits = (more: Partial<FindingsLimits> = {}): FindingsLimits => ({
  maximum: {},
  maximumAgeSeconds: {},
  ...more,
});
const context = (more: Partial<Parameters<typeof judgeFindings>[2]> = {}) => ({
  waivers: [],
  firstSeen: new Map<string, Date>(),
  now,
  ...more,
});

describe('findings by number', () => {
  it('do not count once they are waived, and the waiver is named', () => {
    const report = listing(critical('CVE-1'), critical('CVE-2'));
    const none = { maximum: { critical: 0 }, maximumAgeSeconds: {} };
    const one = judgeFindings(report, none, context({ waivers: [waiverOf('CVE-1')] }));
    expect(one.remaining.critical).toBe(1);
    expect(one.excesses).toEqual([{ severity: 'critical', detail: '1 critical finding, allowed are 0 (CVE-2)' }]);
    expect(one.waived.map(({ finding }) => finding.id)).toEqual(['CVE-1']);
    const both = judgeFindings(report, none, context({ waivers: [waiverOf('CVE-1'), waiverOf('CVE-2')] }));
    expect(both.excesses).toEqual([]);
  });

  it('cannot be waived where the scanner gives numbers only, and that is said', () => {
    const report: FindingsReport = { counts: { critical: 1 }, items: undefined, collectedAt: now };
    const judged = judgeFindings(
      report,
      limits({ maximum: { critical: 0 } }),
      context({ waivers: [waiverOf('CVE-1')] }),
    );
    expect(judged.excesses).toEqual([
      {
        severity: 'critical',
        detail: '1 critical finding, allowed are 0 (the report gives numbers only, so none can be waived)',
      },
    ]);
  });

  it('that are counted and not listed stay, whatever is waived', () => {
    const report: FindingsReport = { counts: { critical: 3 }, items: [critical('CVE-1')], collectedAt: now };
    const judged = judgeFindings(report, limits(), context({ waivers: [waiverOf('CVE-1')] }));
    expect(judged.remaining.critical).toBe(2);
  });

  it('that are listed count, even when the number beside them says fewer', () => {
    const report: FindingsReport = { counts: { critical: 0 }, items: [critical('CVE-1')], collectedAt: now };
    expect(judgeFindings(report, limits({ maximum: { critical: 0 } }), context()).excesses).toHaveLength(1);
  });

  it('are too many when their number is none', () => {
    const report: FindingsReport = { counts: { high: Number.NaN }, items: [], collectedAt: now };
    expect(judgeFindings(report, limits({ maximum: { high: 1000 } }), context()).excesses).toHaveLength(1);
  });

  it('are exactly those that no waiver names, whatever the mixture', () => {
    const finding = fc.record({
      id: fc.integer({ min: 1, max: 8 }).map((number) => `CVE-${String(number)}`),
      severity: fc.constantFrom(...findingSeverities),
    });
    fc.assert(
      fc.property(fc.array(finding), fc.subarray([1, 2, 3, 4, 5, 6, 7, 8]), (items, waived) => {
        const names = waived.map((number) => `CVE-${String(number)}`);
        const judged = judgeFindings(listing(...items), limits(), context({ waivers: names.map(waiverOf) }));
        for (const severity of findingSeverities) {
          const open = items.filter((each) => each.severity === severity && !names.includes(each.id));
          expect(judged.remaining[severity]).toBe(open.length);
        }
        expect(judged.waived.length).toBe(items.filter(({ id }) => names.includes(id)).length);
      }),
    );
  });
});

describe('findings by age', () => {
  const sevenDays = limits({ maximumAgeSeconds: { critical: 7 * day } });
  const isTooOld = (report: FindingsReport, more: Partial<Parameters<typeof judgeFindings>[2]> = {}): boolean =>
    judgeFindings(report, sevenDays, context(more)).excesses.length > 0;

  it('are too old from one moment after their age on', () => {
    expect(isTooOld(listing(critical('CVE-1', { knownSince: daysAgo(7).toISOString() })))).toBe(false);
    const older = new Date(daysAgo(7).getTime() - 1).toISOString();
    const judged = judgeFindings(listing(critical('CVE-1', { knownSince: older })), sevenDays, context());
    expect(judged.excesses).toEqual([{ severity: 'critical', detail: '1 critical finding is older than 7 d (CVE-1)' }]);
  });

  it('are as old as the first evidence that named them, when nothing dates them', () => {
    const report = listing(critical('CVE-1'));
    expect(isTooOld(report)).toBe(false);
    expect(isTooOld(report, { firstSeen: new Map([['CVE-1', daysAgo(8)]]) })).toBe(true);
    expect(isTooOld(report, { firstSeen: new Map([['CVE-2', daysAgo(8)]]) })).toBe(false);
    expect(isTooOld({ ...report, collectedAt: daysAgo(8) })).toBe(true);
  });

  it('are not made young by a date in the future', () => {
    const report = listing(critical('CVE-1', { knownSince: '2099-01-01T00:00:00Z' }));
    expect(isTooOld(report, { firstSeen: new Map([['CVE-1', daysAgo(8)]]) })).toBe(true);
  });

  it('may be old once they are waived, or where their severity has no limit', () => {
    const old = { knownSince: daysAgo(100).toISOString() };
    expect(isTooOld(listing(critical('CVE-1', old)), { waivers: [waiverOf('CVE-1')] })).toBe(false);
    expect(isTooOld(listing({ id: 'CVE-2', severity: 'high', ...old }))).toBe(false);
  });

  it('are not young when the scanner gives numbers only', () => {
    const report: FindingsReport = { counts: { critical: 2 }, items: undefined, collectedAt: now };
    const judged = judgeFindings(report, sevenDays, context());
    expect(judged.excesses).toEqual([
      { severity: 'critical', detail: '2 critical findings of unknown age: the report gives numbers only' },
    ]);
    expect(isTooOld({ ...report, counts: { critical: 0 } })).toBe(false);
  });
});
