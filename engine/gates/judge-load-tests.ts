import { judgeLoad, type LoadFact, type LoadLimits } from '../verification/judge-load.ts';
import type { GateContext, GateFinding } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';

/** Judges the newest load test of each tool: one that is bad fails, one that does not say what is asked is missing. */
export function judgeLoadTests(
  context: Pick<GateContext<unknown>, 'evidence' | 'requirement' | 'now'>,
  phase: LoadFact['phase'],
  limits: LoadLimits,
): GateFinding {
  const tests = newestOfEach(context, 'load', (fact) => (fact.phase === phase ? fact.tool : undefined));
  if (!tests.found) return { kind: 'missing', detail: `no usable load test ${phase} the deployment: ${tests.why}` };
  const verdicts = tests.facts.map(({ fact }) => judgeLoad(fact, limits));
  const evidence = tests.facts.map(({ id }) => id);
  const saying = (kind: (typeof verdicts)[number]['kind']): string =>
    verdicts.flatMap((verdict) => (verdict.kind === kind ? [verdict.detail] : [])).join('; ');
  if (verdicts.some(({ kind }) => kind === 'bad')) return { kind: 'fail', detail: saying('bad'), evidence };
  if (verdicts.some(({ kind }) => kind === 'unknown')) return { kind: 'missing', detail: saying('unknown') };
  return { kind: 'pass', detail: saying('good'), evidence };
}
