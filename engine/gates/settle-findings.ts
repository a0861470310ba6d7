import { judgeFindings, type BySeverity, type FindingsReport } from '../evidence/judge-findings.ts';
import { findingSeverities, type FindingSeverity } from '../evidence/evidence.ts';
import { covers } from '../evidence/waiver.ts';
import type { GateContext, GateFinding } from './gate.ts';

export interface FindingsSettings {
  readonly maximum: BySeverity;
  readonly maximumAgeSeconds: BySeverity;
  readonly onExcess: Readonly<Record<FindingSeverity, 'fail' | 'warn'>>;
}

/** A report and the id of the evidence that it is. */
export interface FoundReport extends FindingsReport {
  readonly id: string;
}

/**
 * What a gate over findings answers: each report is judged for itself, and the worst counts. Waivers and the dates of
 * findings are asked for only where they matter.
 * @param kind whose findings these are, since a bug and a vulnerability may have the same id.
 */
export async function settleFindings(
  context: Pick<GateContext<unknown>, 'release' | 'queries' | 'now'>,
  kind: 'findings' | 'bugs',
  reports: readonly FoundReport[],
  settings: FindingsSettings,
): Promise<GateFinding> {
  const { release, queries, now } = context;
  const ids = [...new Set(reports.flatMap(({ items }) => items?.map(({ id }) => id) ?? []))];
  const waivers = ids.length === 0 ? [] : await queries.waivers(release.application);
  const isAgeLimited = findingSeverities.some((severity) => settings.maximumAgeSeconds[severity] !== undefined);
  const firstSeen =
    isAgeLimited && ids.length > 0
      ? await queries.findingsFirstSeen(release.application, kind, ids)
      : new Map<string, Date>();
  const valid = waivers.filter((waiver) => covers(waiver, release, now));
  const judgements = reports.map((report) => judgeFindings(report, settings, { waivers: valid, firstSeen, now }));

  const evidence = reports.map(({ id }) => id);
  const waived = new Map(
    judgements.flatMap((each) => each.waived.map(({ finding, waiver }) => [finding.id, waiver] as const)),
  );
  const setAside = [...waived].map(
    ([id, { owner, expiresAt }]) => `${id} waived by ${owner} until ${expiresAt.toISOString().slice(0, 10)}`,
  );
  const excesses = new Map(
    judgements.flatMap((each) => each.excesses.map(({ severity, detail }) => [detail, severity] as const)),
  );
  if (excesses.size === 0) {
    const most = (severity: FindingSeverity): string =>
      String(Math.max(...judgements.map(({ remaining }) => remaining[severity])));
    const counted = `${kind} ${most('high')} high, ${most('critical')} critical`;
    return { kind: 'pass', detail: [counted, ...setAside].join('; '), evidence };
  }
  const isFail = [...excesses.values()].some((severity) => settings.onExcess[severity] === 'fail');
  const detail = [[...excesses.keys()].join(', '), ...setAside].join('; ');
  return { kind: isFail ? 'fail' : 'warn', detail, evidence };
}
