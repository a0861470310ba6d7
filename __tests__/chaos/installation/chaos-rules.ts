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
 * that a promotion takes as long as its effects. What an application has from its second release on (a checklist, a canary,
 * a step of the team's own) stands on the paths of those that are not new.
 *
 * @param stamps the folder that the team's own step writes to.
 */
export function chaosRules(applications: readonly ChaosApplication[], stamps: string): Rules {
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
    paths: applications.map(({ name: application, isNew }) => ({
      from: sourceOf(application),
      to: targetOf(application),
      bakeSeconds: 0,
      verification: { timeoutSeconds: 5, stableForSeconds: 0 },
      retry: { maximumAttempts: 3, initialDelaySeconds: 0.1, maximumDelaySeconds: 0.3, jitter: 0 },
      rollback: { timeoutSeconds: 120 },
      ...(isNew ? {} : everyStep(stamps)),
    })),
  };
  const parsed = parseRules(JSON.stringify(document), 'chaos rules');
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems, undefined));
  return parsed.rules;
}

/** What brings in the steps that not every path has. */
function everyStep(stamps: string) {
  const action = {
    kind: 'command' as const,
    command: [process.execPath, '-e', stampScript],
    variables: { [stampsVariable]: stamps },
    timeoutSeconds: 60,
  };
  return {
    gates: { migrations: {} },
    checklist: [{ item: 'The migrations were judged', gate: 'migrations' as const }],
    canary: { enabled: true, percentage: 80, durationSeconds: 2, checkIntervalSeconds: 1 },
    database: { contractAfterSeconds: 1 },
    steps: { custom: [{ name: 'stamp', after: 'promote-flags' as const, action, compensation: action }] },
  };
}

const stampsVariable = 'CHAOS_STAMPS';

/** A line for each time that the step is run or undone, under the key by which it can be told to be the same. */
const stampScript = `
  const { appendFileSync } = require('node:fs');
  const { PROMOTION_ID, PROMOTION_KEY, PROMOTION_PURPOSE, ${stampsVariable}: folder } = process.env;
  appendFileSync(folder + '/' + PROMOTION_ID, PROMOTION_KEY + ' ' + PROMOTION_PURPOSE + '\\n');
`;
