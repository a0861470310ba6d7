import { resolveEnvironment } from '../../engine/rules/environment-targets.ts';
import type { Path, Rules } from '../../engine/rules/schema.ts';
import type { DocumentedProps } from './documented-props.ts';

/**
 * The inputs of a pair that a path of the rules stands for. The rules decide about the promotion itself; these say what
 * is provisioned for it.
 * @param application whose places are meant.
 * @param projectId Google Cloud project of the installation.
 */
export function inputsOfPath(rules: Rules, path: Path, application: string, projectId: string): DocumentedProps {
  const source = resolveEnvironment(rules, application, path.from);
  const { deployment, registry, configuration, flags } = source.targets;
  const people = path.approvals.stages.flatMap((stage) => stage.people);
  return {
    environment: path.from,
    targetEnvironment: path.to,
    kubernetesNamespace: deployment.kind === 'kubernetes' ? deployment.namespace : `${application}-${path.from}`,
    domainName:
      rules.cloud?.domainName ??
      domainOf(
        source.services.map(({ healthUrl }) => healthUrl),
        path.from,
      ),
    artifactRegistry: registry,
    configRepository: configuration.repository,
    gcpProjectId: projectId,
    approvalRequired: path.approvals.stages.length > 0,
    approvers: [...new Set(people)].filter((person) => person.includes('@')),
    databaseMigrationStrategy: path.database.strategy,
    enableFeatureFlagPromotion: flags.kind !== 'none',
    featureFlagService: flags.kind,
    enableRollback: path.rollback.enabled,
    enableCanaryPromotion: path.canary.enabled,
    enablePromotionMetrics: rules.collect.metrics,
    promotionMetricsRetentionDays: rules.retention.metricsDays,
    enablePromotionLogs: rules.collect.logs,
    promotionLogsRetentionDays: rules.retention.logsDays,
    promotionAuditRetentionDays: rules.retention.auditDays,
    enablePromotionNotifications: rules.notifications.enabled,
    notificationChannels: monitoringChannels(rules),
  };
}

/** Channels of Cloud Monitoring, which its alerts can tell; the others are told by the notify step. */
export function monitoringChannels({ notifications }: Rules): readonly string[] {
  const channels = notifications.channels.flatMap((each) => (each.kind === 'google-monitoring' ? [each.channel] : []));
  return [...new Set(channels)];
}

/** Where health is asked; rules whose targets report their addresses themselves name no domain. */
function domainOf(healthUrls: readonly string[], environment: string): string {
  const url = healthUrls.map((each) => URL.parse(each)).find((each) => each !== null);
  return url?.hostname ?? `${environment}.internal`;
}
