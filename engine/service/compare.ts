import { compareEnvironments, type Comparison } from '../inspection/compare-environments.ts';
import { PathGraph } from '../rules/path-graph.ts';
import type { Path, Rules } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import {
  judgeReadiness,
  readinessChecks,
  readinessScore,
  type ReadinessCheck,
  type ReadinessPorts,
  type ReadinessVerdict,
} from '../verification/readiness.ts';
import type { Actor } from '../workflow/actor.ts';
import { chooseApplication, lowerCaseSentence, scopeOf } from './complete-request.ts';
import { forecastPromotion, type PromotionForecast } from './forecast-promotion.ts';
import { inspectionOf } from './inspect.ts';
import { ruledEnvironment } from './known-names.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { UnclearRequestError } from './service-errors.ts';

/** Which two environments; what is left out is what can only be meant. */
export interface ComparisonRequest {
  readonly application?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Whether what runs in `from` may move to `to`, by the same score as the gate `readiness`. */
export interface Readiness {
  /** Unrounded, in percent; undefined: there is nothing to check. */
  readonly score: number | undefined;
  readonly verdict: ReadinessVerdict;
  readonly readyPercent: number;
  readonly cautionPercent: number;
  readonly checks: readonly ReadinessCheck[];
  /** Whether the path demands it, so that `promote run` is held to it. */
  readonly isDemanded: boolean;
}

export interface ComparedEnvironments extends Comparison {
  /** Undefined: no path leads from one to the other, so nothing can move. */
  readonly readiness: Readiness | undefined;
  /** Undefined: likewise, or nothing runs in the first one. */
  readonly forecast: PromotionForecast | undefined;
}

/**
 * Two environments beside each other, and how ready the first one is for the second.
 * @throws UnclearRequestError with the choices, UnknownNameError, NotAuthorizedError
 */
export async function compare(
  context: ServiceContext,
  actor: Actor,
  request: ComparisonRequest,
  signal: AbortSignal,
): Promise<ComparedEnvironments> {
  const rules = await context.rules.current();
  const sight = await requireToLook(context, actor, scopeOf(rules, request.application, undefined));
  const application = chooseApplication(rules, request.application, sight);
  // Before a name that there is not is answered with those there are.
  for (const environment of [request.from, request.to]) {
    if (environment !== undefined) await requireToLook(context, actor, { application, environment });
  }
  const { from, to } = chooseEnds(rules, request);
  for (const environment of [from, to]) await requireToLook(context, actor, { application, environment });
  const sides = {
    from: await inspectionOf(context, rules, application, from),
    to: await inspectionOf(context, rules, application, to),
  };
  const comparison = await compareEnvironments(context.ports, sides, rules.comparison.tables, signal);
  const path = rules.paths.find((each) => each.from === from && each.to === to);
  if (path === undefined) return { ...comparison, readiness: undefined, forecast: undefined };
  const states = await context.store.environments(application);
  const release = states.find(({ name }) => name === from)?.release;
  return {
    ...comparison,
    readiness: await readinessOf(context.ports, rules, path, release, sides, signal),
    forecast: release === undefined ? undefined : await forecastPromotion(context, rules, path, release, signal),
  };
}

async function readinessOf(
  ports: ReadinessPorts,
  rules: Rules,
  path: Path,
  release: Release | undefined,
  { from, to }: { readonly from: Sides; readonly to: Sides },
  signal: AbortSignal,
): Promise<Readiness> {
  const subject = { source: from.target, target: to.target, release };
  const checks = await readinessChecks(withUnknown(ports, [from, to]), subject, signal);
  const score = readinessScore(checks);
  const { readiness } = path.gates;
  const isDemanded = readiness !== undefined && readiness !== false;
  // The bound at which the path refuses is the gate's own.
  const cautionPercent = isDemanded ? readiness.minimumPercent : rules.readiness.cautionPercent;
  const { readyPercent } = rules.readiness;
  const verdict = judgeReadiness(score, { readyPercent, cautionPercent });
  return { score, verdict, readyPercent, cautionPercent, checks, isDemanded };
}

/** A deployment that this version does not drive is not known, which is no readiness. */
function withUnknown(ports: ReadinessPorts, sides: readonly Sides[]): ReadinessPorts {
  const { database, deployment, flags, probe, secrets } = ports;
  return {
    configuration: (repository) => ports.configuration(repository),
    database,
    flags,
    probe,
    secrets,
    deployment: {
      async status(environment, signal) {
        const why = sides.find(({ target }) => target.name === environment)?.notDriven.deployment;
        if (why !== undefined) throw new Error(why);
        return deployment.status(environment, signal);
      },
    },
  };
}

type Sides = Awaited<ReturnType<typeof inspectionOf>>;

/** Both as they were named, else the ends of the only path that fits. */
function chooseEnds(rules: Rules, { from, to }: ComparisonRequest): { readonly from: string; readonly to: string } {
  const [one, other] = [from, to].map((word) => (word === undefined ? undefined : ruledEnvironment(rules, word)));
  if (one !== undefined && other !== undefined) return { from: one, to: other };
  const only = new PathGraph(rules).onlyPath({ from: one, to: other });
  if (only.ok) return only.path;
  throw new UnclearRequestError(
    lowerCaseSentence(only.reason.replace(/: .*$/, '')),
    only.candidates.map((path) => `${path.from} → ${path.to}`),
    'by naming both, or with FROM_ENV and TO_ENV',
  );
}
