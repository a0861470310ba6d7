import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import { driftOf } from '../inspection/drift-of.ts';
import type { Rules } from '../rules/schema.ts';
import type { Observation, ObservedEnvironment, RecordedEnvironment } from '../store/overview-store.ts';
import { lookAtServices, sickServices, type ServiceLook } from '../verification/look-at-services.ts';
import { causeText } from '../wording/cause-text.ts';
import { environmentTarget } from '../workflow/compile-target.ts';
import { storable } from '../workflow/storable.ts';
import { notDriven } from './inspect.ts';
import { readableRules } from './readable-rules.ts';
import type { ServiceContext } from './service-context.ts';

/** Longer than the slowest health check that rules usually allow. */
const patienceMs = 10_000;

/**
 * Looks at every environment that this version can look into and in which something is recorded to run, and remembers how it
 * is. Rules that cannot be read name none.
 */
export async function observeEnvironments(
  context: Pick<ServiceContext, 'store' | 'rules' | 'ports' | 'clock'>,
  signal: AbortSignal,
): Promise<void> {
  const rules = await readableRules(context);
  if (rules === undefined) return;
  const names = rules.environments
    .map(({ name }) => name)
    .filter((name) => notDriven(rules, name).deployment === undefined);
  const recorded = (await context.store.overview.recordedIn(names)).filter(({ application }) =>
    rules.applications.some(({ name }) => name === application),
  );
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const seen = await Promise.all(recorded.map((each) => observe(context, rules, each, patience)));
  signal.throwIfAborted();
  await context.store.overview.observe(seen);
}

async function observe(
  { ports, clock }: Pick<ServiceContext, 'ports' | 'clock'>,
  rules: Rules,
  recorded: RecordedEnvironment,
  signal: AbortSignal,
): Promise<ObservedEnvironment> {
  const { application, environment } = recorded;
  const target = environmentTarget(rules, application, environment);
  const place = { application, environment, at: clock.now() };
  try {
    const status = await ports.deployment.status(environment, signal);
    const { desired } = status;
    if (desired === undefined) {
      return { ...place, health: 'unknown', trouble: 'nothing runs there', drift: storable(driftOf(recorded, status)) };
    }
    // What runs there of another application says nothing of this one: neither that it is well nor that it is as recorded.
    // Nor is that one's name for whoever may see this one.
    if (desired.application !== application) {
      return { ...place, health: 'unknown', trouble: 'another application runs there', drift: undefined };
    }
    const seen = { probe: ports.probe, deployment: { status: () => Promise.resolve(status) } };
    const { looks } = await lookAtServices(seen, target, signal);
    return { ...place, ...judge(recorded, status, looks) };
  } catch (error) {
    return { ...place, health: 'unknown', trouble: storable(causeText(error)), drift: undefined };
  }
}

function judge(
  recorded: RecordedEnvironment,
  status: DeploymentStatus,
  looks: readonly ServiceLook[],
): Omit<Observation, 'at'> {
  const failed = status.phase === 'failed' ? [`the deployment: ${status.message ?? 'failed'}`] : [];
  const trouble = [...failed, ...sickServices(looks)];
  return {
    health: trouble.length === 0 ? 'healthy' : 'sick',
    trouble: trouble.length === 0 ? undefined : storable(trouble.join('; ')),
    // While it is being changed, what runs is on its way to be what will be recorded.
    drift: recorded.isBeingChanged ? undefined : storable(driftOf(recorded, status)),
  };
}
