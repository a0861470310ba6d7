import { z } from 'zod';
import { serviceAddress } from '../deployment/service-address.ts';
import { defineGate } from './gate.ts';

/** Every service answers its health check within its own bound, or that of its kind: frontends may take longer. */
export const responseTimesGate = defineGate({
  name: 'responseTimes',
  configSchema: z.object({
    maximumApiSeconds: z.number(),
    maximumFrontendSeconds: z.number(),
    environment: z.enum(['source', 'target']),
  }),
  async evaluate(context) {
    const { definition, ports, signal, config } = context;
    const environment = config.environment === 'source' ? definition.source : definition.target;
    if (environment.services.length === 0) return { kind: 'missing', detail: `${environment.name} has no services` };
    const status = await ports.deployment.status(environment.name, signal);
    const slow: string[] = [];
    let slowestMs = 0;
    for (const service of environment.services) {
      const url = serviceAddress(status, service.name, service.healthUrl);
      const { responseTimeMs, status: code } = await ports.probe.probe(url, service.healthCheckTimeoutSeconds, signal);
      if (code === undefined)
        return { kind: 'missing', detail: `${service.name} in ${environment.name} does not answer` };
      slowestMs = Math.max(slowestMs, responseTimeMs);
      const ofItsKind = service.kind === 'frontend' ? config.maximumFrontendSeconds : config.maximumApiSeconds;
      const mostSeconds = service.maximumResponseTimeSeconds ?? ofItsKind;
      if (!(responseTimeMs <= mostSeconds * 1000))
        slow.push(`${service.name} ${String(Math.round(responseTimeMs))} ms`);
    }
    return slow.length > 0
      ? { kind: 'fail', detail: `too slow: ${slow.join(', ')}`, evidence: [] }
      : { kind: 'pass', detail: `slowest answer ${String(Math.round(slowestMs))} ms`, evidence: [] };
  },
});
