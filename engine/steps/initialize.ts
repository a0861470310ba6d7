import { z } from 'zod';
import { preflightCheckNames } from '../preflight/preflight-check.ts';
import { runPreflight, type PreflightFinding } from '../preflight/run-preflight.ts';
import { defineStep } from '../workflow/step-definition.ts';

const configSchema = z.object({
  /** What the promotion will need. Left out by engines before version 2, which looked at the target alone. */
  checks: z.array(z.enum(preflightCheckNames)).default([]),
});

/**
 * Looks at the target as it is, and at everything else that the promotion will need, so that what is missing is found
 * before anything is asked of people or changed: all of it at once.
 */
export const initialize = defineStep({
  name: 'initialize',
  version: 2,
  oldestVersion: 1,
  phase: 'initialize',
  title: 'initialize',
  isOptional: false,
  configSchema,
  async run({ promotion, release, config, ports, effect, log }) {
    const { definition } = promotion;
    const { target } = definition;
    const findings = await runPreflight({ ports, definition, release, signal: effect.signal }, config.checks, log);
    const status = await ports.deployment.status(target.name, effect.signal);
    const head = await ports
      .configuration(target.configuration.repository)
      .head(target.configuration.branch, effect.signal);
    const running = status.desired?.release ?? 'nothing';
    log(`${target.name} runs ${running}; its configuration is at ${head.slice(0, 7)}`);
    return {
      kind: 'done',
      summary: `${target.name} runs ${running}${warningsText(promotion.id, findings)}`,
      output: { release: running, configuration: head, preflight: findings.map((finding) => ({ ...finding })) },
    };
  },
});

function warningsText(promotionId: string, findings: readonly PreflightFinding[]): string {
  const warnings = findings.filter(({ verdict }) => verdict === 'warn').map(({ name }) => name);
  return warnings.length === 0 ? '' : `; look at ${warnings.join(', ')}: promote logs ${promotionId} --step initialize`;
}
