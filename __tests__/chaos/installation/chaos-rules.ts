import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import type { Rules, RulesInput } from '../../../engine/rules/schema.ts';

export interface ChaosApplication {
  readonly name: string;
  /** Nothing runs in its target environment yet, and it has no database. */
  readonly isNew: boolean;
}

/** Where releases of an application are built. */
export function sourceOf(application: string): string {
  return `dev-${application}`;
}

/** Where they are promoted to. */
export function targetOf(application: string): string {
  return `live-${application}`;
}

/**
 * Rules for applications that share nothing: each has two environments of its own. Everything that can be short is, so
 * that a promotion takes as long as its effects.
 */
export function chaosRules(applications: readonly ChaosApplication[]): Rules {
  const document: RulesInput = {
    version: 1,
    applications: applications.map(({ name }) => ({ name, services: [{ name: 'web' }] })),
    environments: applications.flatMap(({ name: application, isNew }) =>
      [sourceOf(application), targetOf(application)].map((name) => ({
        name,
        targets: {
          deployment: { kind: 'local' as const },
          registry: 'registries/<env>',
          ...(isNew ? {} : { database: '<env>' }),
          configuration: { repository: 'configuration', branch: '<env>', path: '<env>/values.yaml' },
          flags: { kind: 'file' as const, path: 'flags/<env>.json' },
        },
        services: [
          {
            name: 'web',
            healthUrl: '/healthz',
            smokeUrls: ['/'],
            startupTimeoutSeconds: 60,
            healthCheckTimeoutSeconds: 10,
          },
        ],
      })),
    ),
    paths: applications.map(({ name: application }) => ({
      from: sourceOf(application),
      to: targetOf(application),
      bakeSeconds: 0,
      verification: { timeoutSeconds: 1, stableForSeconds: 0 },
      retry: { maximumAttempts: 3, initialDelaySeconds: 0.1, maximumDelaySeconds: 0.3, jitter: 0 },
      rollback: { timeoutSeconds: 120 },
    })),
  };
  const parsed = parseRules(JSON.stringify(document), 'chaos rules');
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems, undefined));
  return parsed.rules;
}
