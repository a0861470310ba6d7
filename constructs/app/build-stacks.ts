import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { Annotations, GcsBackend, TerraformStack, type App } from 'cdktf';
import type { Rules } from '../../engine/rules/schema.ts';
import { controlPlaneDefaults } from '../control-plane/control-plane-options.ts';
import { inputsOfPath, monitoringChannels } from '../inputs/inputs-of-path.ts';
import { PromotionControlPlane } from '../promotion-control-plane.ts';
import { PromotionProcess } from '../promotion-process.ts';
import type { AppSettings } from './app-settings.ts';

/** As the documents write a project that somebody has yet to fill in. */
const projectToFillIn = 'your-gcp-project-id';

/** A stack for the installation, and one for each path of the rules, named `staging-to-prod`; deployed in this order. */
export function buildStacks(app: App, settings: AppSettings, rules: Rules, functionSource: string): void {
  const projectId = settings.projectId ?? rules.cloud?.projectId ?? projectToFillIn;
  const region = settings.controlPlane.region ?? rules.cloud?.region ?? controlPlaneDefaults.region;
  const planeStack = new TerraformStack(app, 'control-plane');
  useGoogle(planeStack, settings, projectId, region);
  const controlPlane = new PromotionControlPlane(planeStack, 'promotion', {
    ...settings.controlPlane,
    region,
    gcpProjectId: projectId,
    name: settings.installation,
    rules,
    dbMigrationFunctionSource: functionSource,
    databaseConnections: settings.databaseConnections,
    runnerSecrets: settings.runnerSecrets,
    notificationChannels: monitoringChannels(rules),
    enablePromotionLogs: rules.collect.logs,
    promotionLogsRetentionDays: rules.retention.logsDays,
    enablePromotionMetrics: rules.collect.metrics,
    promotionAuditRetentionDays: rules.retention.auditDays,
  });
  if (projectId === projectToFillIn) {
    Annotations.of(controlPlane).addWarning(
      'No project is named, so nothing can be deployed yet: set gcpProjectId in the context of cdktf.json, or PROMOTION_PROJECT.',
    );
  }
  const [application] = rules.applications;
  if (application === undefined) return;
  for (const path of rules.paths) {
    const stack = new TerraformStack(app, `${path.from}-to-${path.to}`);
    useGoogle(stack, settings, projectId, region);
    // KUBE_CONFIG_PATH and KUBE_CTX say which cluster it is; nothing of this machine gets into the stack.
    new KubernetesProvider(stack, 'kubernetes', {});
    new PromotionProcess(stack, 'promotion', {
      ...inputsOfPath(rules, path, application.name, projectId),
      dbMigrationFunctionSource: functionSource,
      controlPlane,
      ...(settings.controlPlane.labels === undefined ? {} : { labels: settings.controlPlane.labels }),
      ...(settings.controlPlane.encryptionKey === undefined
        ? {}
        : { encryptionKey: settings.controlPlane.encryptionKey }),
    });
  }
}

function useGoogle(stack: TerraformStack, { stateBucket }: AppSettings, project: string, region: string): void {
  new GoogleProvider(stack, 'google', { project, region });
  if (stateBucket !== undefined) new GcsBackend(stack, { bucket: stateBucket, prefix: stack.node.id });
}
