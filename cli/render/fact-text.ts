import type { EvidenceFact } from '../../engine/promotion-service.ts';

const phases = { before: 'before deployment', after: 'after deployment' } as const;

/** What a fact measured, in one line; what gates judge comes first. */
export function factText(fact: EvidenceFact): string {
  switch (fact.kind) {
    case 'tests':
      return `${fact.suite}: ${String(fact.passed)} passed, ${String(fact.failed)} failed, ${String(fact.skipped)} skipped`;
    case 'coverage':
      return `${String(fact.linesPercent)} % of lines`;
    case 'findings':
      return `${fact.scanner}: ${String(fact.critical)} critical, ${String(fact.high)} high, ${String(fact.medium)} medium, ${String(fact.low)} low${fact.items === undefined ? ' (numbers only)' : ''}`;
    case 'lint':
      return `${fact.tool}: ${String(fact.errors)} errors, ${String(fact.warnings)} warnings`;
    case 'load': {
      const p95 = fact.p95Ms === undefined ? '' : `, p95 ${rounded(fact.p95Ms)} ms`;
      return `${fact.tool}: ${rounded(fact.requestsPerSecond)} requests/s, ${rounded(fact.errorRatePercent)} % failed${p95}, ${phases[fact.phase]}`;
    }
    case 'performance':
      return `${fact.tool}: p95 ${rounded(fact.p95Ms)} ms`;
    case 'code-review': {
      const against = fact.changesRequestedBy ?? [];
      return `${fact.change}: approved by ${fact.approvedBy.join(', ') || 'nobody'}${against.length === 0 ? '' : `, changes requested by ${against.join(', ')}`}`;
    }
    case 'bugs':
      return `${fact.tracker}: ${String(fact.items.length)} open, ${String(fact.items.filter(({ severity }) => severity === 'critical').length)} critical`;
    case 'source':
      return `${fact.commit} on ${fact.branch}, ${fact.isClean ? 'clean' : 'with uncommitted changes'}, ${fact.isPushed ? 'pushed' : 'not pushed'}`;
    case 'signature':
      return `${fact.isVerified ? 'signed' : 'signature not verified'} by ${fact.signer}: ${fact.digest}`;
    case 'custom':
      return `${fact.name}: ${fact.isPassed ? 'passed' : 'failed'}${fact.detail === '' ? '' : `, ${fact.detail}`}`;
  }
}

/** Three digits are enough to see; `--json` has all of them. */
function rounded(number: number): string {
  return String(Number(number.toPrecision(3)));
}
