import type { ComplianceRecord } from '../reports/compliance-record.ts';
import { ComplianceSummary } from '../reports/compliance-summary.ts';
import type { Actor } from '../workflow/actor.ts';
import { extractAudit, type AuditExtract, type ExportRequest } from './export-audit.ts';
import type { ServiceContext } from './service-context.ts';

/** How promotions were decided, for an auditor. */
export interface ComplianceReport extends Pick<AuditExtract, 'at' | 'by' | 'scope'> {
  readonly summary: ReturnType<ComplianceSummary['told']>;
  /** With the hash of the last entry of each chain. */
  readonly records: readonly { readonly record: ComplianceRecord; readonly head: string }[];
  /** Whether there are more than were asked for; the summary is of those that are told. */
  readonly isCut: boolean;
}

/** @throws NotAuthorizedError, UnknownNameError */
export async function readCompliance(
  context: ServiceContext,
  actor: Actor,
  request: Omit<ExportRequest, 'hasCompliance'>,
  limit: number,
): Promise<ComplianceReport> {
  const { at, by, scope, chains } = await extractAudit(context, actor, { ...request, hasCompliance: true });
  const summary = new ComplianceSummary();
  const records: { readonly record: ComplianceRecord; readonly head: string }[] = [];
  for await (const { compliance, events } of chains) {
    if (compliance === undefined) continue;
    if (records.length === limit) return { at, by, scope, summary: summary.told(), records, isCut: true };
    summary.add(compliance);
    records.push({ record: compliance, head: events.at(-1)?.hash ?? '' });
  }
  return { at, by, scope, summary: summary.told(), records, isCut: false };
}
