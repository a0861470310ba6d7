import { Fn, Token } from 'cdktf';
import type { RulesInput } from '../../engine/rules/schema.ts';
import type { Condition } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';
import type { EffectiveInputs } from './effective-inputs.ts';
import { lateJson } from './late-json.ts';
import { lateChannels, lateChecklist, latePeople } from './late-lists.ts';

type Path = NonNullable<RulesInput['paths']>[number];

/** Stands for people whom Terraform is told. */
export const somebody = 'somebody@pair.example';

/** Puts into rules those inputs that are known at apply only, in place of what they were judged with. */
export function withLateParts(inputs: EffectiveInputs): (document: RulesInput) => RulesInput {
  const [people, checklist, channels] = [latePeople(inputs), lateChecklist(inputs), lateChannels(inputs)];
  const { configRepository } = inputs;
  // It is any text without spaces, so it has to be escaped.
  const repository = Token.isUnresolved(configRepository)
    ? (lateJson(hcl`jsonencode(${configRepository})`) as string)
    : undefined;
  const strategy = Token.isUnresolved(inputs.databaseMigrationStrategy)
    ? { strategy: inputs.databaseMigrationStrategy as NonNullable<NonNullable<Path['database']>['strategy']> }
    : {};
  const seconds = inputs.canaryPromotionDuration;
  const checkEvery = Token.isUnresolved(seconds) ? { checkIntervalSeconds: Token.asNumber(Fn.min([60, seconds])) } : {};
  const [metrics, logs, notified, rollback, canary] = [
    inputs.enablePromotionMetrics,
    inputs.enablePromotionLogs,
    inputs.enablePromotionNotifications,
    inputs.enableRollback,
    inputs.enableCanaryPromotion,
  ].map(inJson) as [boolean, boolean, boolean, boolean, boolean];
  return (document) => ({
    ...document,
    // The trail itself is never off, or nothing could be promoted: the input is about its archive and retention.
    collect: { ...document.collect, metrics, logs, audit: true },
    notifications: { ...document.notifications, enabled: notified, ...channels },
    retention: {
      metricsDays: inputs.promotionMetricsRetentionDays,
      logsDays: inputs.promotionLogsRetentionDays,
      auditDays: inputs.promotionAuditRetentionDays,
    },
    environments: document.environments.map((environment) => ({
      ...environment,
      targets:
        repository === undefined
          ? environment.targets
          : { ...environment.targets, configuration: { ...environment.targets.configuration, repository } },
    })),
    paths: (document.paths ?? []).map((path) => ({
      ...path,
      ...(checklist === undefined ? {} : { checklist }),
      ...(people === undefined ? {} : { approvals: withPeople(path.approvals, people) }),
      database: { ...path.database, ...strategy },
      rollback: { ...path.rollback, enabled: rollback, timeoutSeconds: inputs.rollbackTimeout },
      canary: {
        ...path.canary,
        enabled: canary,
        percentage: inputs.canaryPromotionPercentage,
        durationSeconds: seconds,
        ...checkEvery,
      },
    })),
  });
}

function withPeople(approvals: Path['approvals'], people: string[]): Path['approvals'] {
  const stages = (approvals?.stages ?? []).map((stage) => (stage.people === undefined ? stage : { ...stage, people }));
  return { ...approvals, stages };
}

const inJson = (condition: Condition): unknown => (typeof condition === 'boolean' ? condition : lateJson(condition));
