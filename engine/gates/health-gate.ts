import { z } from 'zod';
import { serviceAddress } from '../deployment/service-address.ts';
import { defineGate } from './gate.ts';

/** Every critical service of the environment answers its health check now. */
export const healthGate = defineGate({
  name: 'health',
  configSchema: z.object({ environment: z.enum(['source', 'target']) }),
  async evaluate(context) {
    const { definition, ports, signal } = context;
    const environment = context.config.environment === 'source' ? definition.source : definition.target;
    const critical = environment.services.filter((service) => service.isCritical);
    if (critical.length === 0)
      return { kind: 'missing', detail: `${environment.name} has no critical service to look at` };
    const status = await ports.deployment.status(environment.name, signal);
    const probes = await Promise.all(
      critical.map(async (service) => {
        const url = serviceAddress(status, service.name, service.healthUrl);
        const result = await ports.probe.probe(url, service.healthCheckTimeoutSeconds, signal);
        return { name: service.name, result };
      }),
    );
    const sick = probes.filter(({ result }) => !result.isHealthy);
    if (sick.length === 0)
      return { kind: 'pass', detail: `${environment.name} ${String(probes.length)} healthy`, evidence: [] };
    const reasons = sick.map(({ name, result }) => `${name}: ${result.message ?? `HTTP ${String(result.status)}`}`);
    return { kind: 'fail', detail: `${environment.name} is not healthy: ${reasons.join('; ')}`, evidence: [] };
  },
});
