import { z } from 'zod';
import type { Evidence, EvidenceFact } from '../evidence/evidence.ts';
import { defineGate, newestFact, type GateContext, type GateFinding } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';

type Performance = Extract<EvidenceFact, { kind: 'performance' }>;

const configSchema = z.object({ maximumRegressionPercent: z.number(), maximumP95Ms: z.number().optional() });
type Limits = z.infer<typeof configSchema>;

/**
 * The performance tests of the release, each tool's newest, against those of the release which runs in the target now.
 * What was measured of the running one may be of any age: it is as fast as it was.
 */
export const performanceGate = defineGate({
  name: 'performance',
  configSchema,
  async evaluate(context) {
    const tests = newestOfEach(context, 'performance', ({ tool }) => tool);
    if (!tests.found) return { kind: 'missing', detail: `no usable performance test: ${tests.why}` };
    const { target } = context.definition;
    const [running] = await context.queries.deployedReleases(context.application, target.name);
    const before = running === undefined ? [] : await context.queries.evidence(running.release.digest);
    const place =
      running === undefined ? `nothing runs in ${target.name}` : `${running.release.name} in ${target.name}`;
    const findings = tests.facts.map(({ id, fact }) => compared(id, fact, context, before, place));
    return worstOf(findings);
  },
});

function compared(
  id: string,
  { tool, p95Ms }: Performance,
  { config, now }: GateContext<Limits>,
  before: readonly Evidence[],
  place: string,
): GateFinding {
  const { maximumRegressionPercent, maximumP95Ms } = config;
  if (maximumP95Ms !== undefined && !(p95Ms <= maximumP95Ms)) {
    const detail = `${tool}: p95 ${String(p95Ms)} ms, allowed are ${String(maximumP95Ms)} ms`;
    return { kind: 'fail', detail, evidence: [id] };
  }
  const ofAnyAge = { gate: 'performance', config: {}, onMissing: 'fail', maxAgeSeconds: undefined } as const;
  const found = newestFact(
    { evidence: before, requirement: ofAnyAge, now },
    'performance',
    (fact) => fact.tool === tool,
  );
  if (!found.found) return { kind: 'missing', detail: `${tool}: nothing to compare with (${place}): ${found.why}` };
  const baseline = found.fact.p95Ms;
  if (!(baseline > 0 && Number.isFinite(baseline) && Number.isFinite(p95Ms))) {
    return { kind: 'missing', detail: `${tool}: ${String(p95Ms)} ms cannot be compared with ${String(baseline)} ms` };
  }
  const detail = `${tool}: p95 ${String(p95Ms)} ms, ${String(baseline)} ms before (${place})`;
  // Multiplied out: a tenth more than 3 is not 3.3 to a computer.
  return p95Ms * 100 <= baseline * (100 + maximumRegressionPercent)
    ? { kind: 'pass', detail, evidence: [id, found.id] }
    : {
        kind: 'fail',
        detail: `${detail}, allowed are ${String(maximumRegressionPercent)} % more`,
        evidence: [id, found.id],
      };
}

function worstOf(findings: readonly GateFinding[]): GateFinding {
  const worst =
    findings.find(({ kind }) => kind === 'fail') ??
    findings.find(({ kind }) => kind === 'missing') ??
    findings.find(({ kind }) => kind === 'pass');
  if (worst === undefined) return { kind: 'missing', detail: 'there is no performance test' };
  const same = findings.filter(({ kind }) => kind === worst.kind);
  const detail = same.map((finding) => finding.detail).join('; ');
  if (worst.kind === 'missing') return { kind: 'missing', detail };
  return {
    kind: worst.kind,
    detail,
    evidence: findings.flatMap((each) => (each.kind === 'missing' ? [] : each.evidence)),
  };
}
