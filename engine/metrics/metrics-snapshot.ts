import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Ports } from '../workflow/ports.ts';
import type { Span } from './metrics-source.ts';
import { causeText } from '../wording/cause-text.ts';

/** What is asked for: how it does just now, and how it did over a day. */
const spans = [
  ['lastFifteenMinutes', 900],
  ['lastDay', 86_400],
] as const;

/**
 * How an environment does at a moment, to be kept and compared with later: whatever is measured of its services, the
 * alerts that are open, and what its deployment says. What cannot be read says why, and keeps nothing from going on.
 */
export async function metricsSnapshot(
  ports: Pick<Ports, 'metrics'>,
  status: DeploymentStatus,
  environment: string,
  now: Date,
  signal: AbortSignal,
): Promise<{ readonly snapshot: JsonObject; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const orWhy = async (what: string, read: () => Promise<unknown>): Promise<Json> => {
    try {
      return asJson(await read());
    } catch (error) {
      signal.throwIfAborted();
      const why = causeText(error);
      problems.push(`${what} of ${environment} cannot be read: ${why}`);
      return { unknown: why };
    }
  };
  const measured: Record<string, Json> = {};
  for (const [name, seconds] of spans) {
    const span: Span = { from: new Date(now.getTime() - seconds * 1000), to: now };
    measured[name] = await orWhy(`the metrics (${name})`, () => ports.metrics.observe(environment, span, signal));
  }
  const alerts = await orWhy('the alerts', () => ports.metrics.openAlerts(environment, signal));
  const { services, traffic, phase } = status;
  return {
    snapshot: {
      environment,
      at: now.toISOString(),
      ...measured,
      alerts,
      deployment: asJson({ phase, services, traffic }),
    },
    problems: [...new Set(problems)],
  };
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
