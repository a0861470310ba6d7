import { counted } from '../../engine/wording/counted.ts';
import { AuditKeyError } from '../../engine/audit/audit-key.ts';
import type { AuditReport } from '../../engine/audit/verify-audit.ts';
import type { DoctorFinding } from '../session.ts';

/** Whether the audit trail is whole, by its chains and by the heads that were signed outside the database. */
export async function examineAudit(verify: () => Promise<AuditReport>): Promise<DoctorFinding> {
  const subject = 'audit trail';
  let report: AuditReport;
  try {
    report = await verify();
  } catch (error) {
    if (!(error instanceof AuditKeyError)) throw error;
    return {
      subject,
      level: 'fail',
      detail: error.message,
      remedy: 'put the key back from a copy, then promote audit verify',
    };
  }
  const { findings, chains, entries, signedUpTo } = report;
  const extent = `${counted(chains, 'chain')}, ${counted(entries, 'entry', 'entries')}`;
  const [first] = findings;
  if (first === undefined) {
    const signed = signedUpTo === undefined ? 'nothing is signed yet' : `signed up to ${signedUpTo.toISOString()}`;
    return { subject, level: 'ok', detail: `${extent} verified; ${signed}` };
  }
  const place = first.seq === undefined ? first.promotionId : `${first.promotionId} entry ${String(first.seq)}`;
  return {
    subject,
    level: 'fail',
    detail: `${counted(findings.length, 'finding')} in ${extent}; the first: ${place} ${first.problem}`,
    remedy:
      'promote audit verify names each; find out who wrote to the database, and keep a copy of both before you go on',
  };
}
