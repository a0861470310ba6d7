import type { FindingSeverity } from '../evidence.ts';
import { FindingList } from '../finding-list.ts';
import type { ReportReader } from '../report-reader.ts';
import { readSarif, type SarifResult } from '../sarif.ts';

/** SARIF of a security scanner: a finding for each result, known by its rule and file, which outlives moved lines. */
export const readSarifFindings: ReportReader = async (text, { limits }) => {
  const { runs, collectedAt } = await readSarif(text, limits);
  const scanners = new Map<string, FindingList>();
  for (const { tool, results } of runs) {
    const scanner = tool.toLowerCase();
    const findings = scanners.get(scanner) ?? new FindingList(limits.maximumItems);
    scanners.set(scanner, findings);
    for (const result of results) {
      const { ruleId, file, line, firstSeen, place } = result;
      const id = file === undefined ? ruleId : `${ruleId}:${file}`;
      const subject = file === undefined ? undefined : line === undefined ? file : `${file}:${String(line)}`;
      findings.add({ id, severity: severityOf(result), subject, knownSince: firstSeen }, place);
    }
  }
  return { facts: [...scanners].map(([scanner, findings]) => findings.fact(scanner)), collectedAt };
};

/** The bounds that GitHub's code scanning draws; without a score, what the level of the result says. */
function severityOf({ securitySeverity, level }: SarifResult): FindingSeverity {
  if (securitySeverity !== undefined) {
    if (securitySeverity >= 9) return 'critical';
    if (securitySeverity >= 7) return 'high';
    return securitySeverity >= 4 ? 'medium' : 'low';
  }
  switch (level) {
    case 'error':
      return 'high';
    case 'warning':
      return 'medium';
    case 'note':
    case 'none':
      return 'low';
  }
}
