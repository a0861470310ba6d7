import { TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { uiPaths } from '../../engine/contract/service-paths.ts';
import { hcl } from '../conditions/expression.ts';
import type { EffectiveInputs } from '../inputs/effective-inputs.ts';
import { StandIns } from '../inputs/stand-ins.ts';
import type { Condition } from '../conditions/condition.ts';
import { promotesFlags } from '../inputs/rules-of-inputs.ts';
import type { DocumentedOutput } from '../outputs.ts';
import type { PromotionControlPlane } from '../promotion-control-plane.ts';
import type { PairDashboard } from './dashboard.ts';
import type { EventNotifications } from './event-notifications.ts';
import type { HealthCheck } from './health-check.ts';
import type { PairSettings } from './pair-settings.ts';
import type { PromotionNamespace } from './promotion-namespace.ts';

interface PairParts extends Construct {
  readonly artifactBucketName: string;
  readonly promotionNamespace: PromotionNamespace;
  readonly notifications: EventNotifications | undefined;
  readonly healthCheck: HealthCheck;
  readonly dashboard: PairDashboard | undefined;
}

/** What the documented outputs tell, for other constructs of the stack. Undefined is what is switched off. */
export class PairValues {
  readonly promotionNamespace: string;
  readonly dashboardUrl: string | undefined;
  readonly promotionUiUrl: string;
  readonly promotionArtifactsBucket: string;
  readonly promotionTriggerId: string;
  readonly dbMigrationFunctionUrl: string;
  readonly promotionNotificationTopic: string | undefined;
  readonly promotionNotificationSubscription: string | undefined;
  readonly promotionHealthCheckJob: string;
  /** The effective rules as JSON, without secrets. */
  readonly promotionConfig: string;
  /** Which parts are on, how those that run are, and where the newest promotion is told. */
  readonly promotionStatus: Readonly<Record<string, unknown>>;

  readonly #hasDashboard: Condition;

  /** @param plane the installation when it is this app's. */
  constructor(pair: PairParts, settings: PairSettings, plane: PromotionControlPlane | undefined, config: string) {
    this.promotionNamespace = pair.promotionNamespace.name;
    this.dashboardUrl = pair.dashboard?.url;
    this.#hasDashboard = settings.inputs.enablePromotionMetrics;
    this.promotionUiUrl = settings.plane.uiUrl;
    this.promotionArtifactsBucket = pair.artifactBucketName;
    this.promotionTriggerId = settings.plane.triggerId;
    this.dbMigrationFunctionUrl = settings.plane.migrationFunctionUrl;
    this.promotionNotificationTopic = pair.notifications?.topic.fullName;
    this.promotionNotificationSubscription = pair.notifications?.subscription.id;
    this.promotionHealthCheckJob = pair.healthCheck.job.id;
    this.promotionConfig = config;
    this.promotionStatus = statusOf(pair, settings, plane);
  }

  /** By the documented names. */
  documented(): Readonly<Record<DocumentedOutput, unknown>> {
    return {
      promotion_namespace: this.promotionNamespace,
      dashboard_url: orNull(this.#hasDashboard, this.dashboardUrl),
      promotion_ui_url: this.promotionUiUrl,
      promotion_artifacts_bucket: this.promotionArtifactsBucket,
      promotion_trigger_id: this.promotionTriggerId,
      db_migration_function_url: this.dbMigrationFunctionUrl,
      promotion_notification_topic: this.promotionNotificationTopic ?? Token.nullValue(),
      promotion_notification_subscription: this.promotionNotificationSubscription ?? Token.nullValue(),
      promotion_health_check_job: this.promotionHealthCheckJob,
      promotion_config: this.promotionConfig,
      promotion_status: this.promotionStatus,
    };
  }
}

function statusOf(
  pair: PairParts,
  { inputs, plane }: PairSettings,
  controlPlane: PromotionControlPlane | undefined,
): Readonly<Record<string, unknown>> {
  const isHere = controlPlane !== undefined && TerraformStack.of(controlPlane) === TerraformStack.of(pair);
  return {
    enabled: {
      approval: inputs.approvalRequired,
      feature_flags: promotesFlags(inputs),
      rollback: inputs.enableRollback,
      canary: inputs.enableCanaryPromotion,
      metrics: inputs.enablePromotionMetrics,
      logs: inputs.enablePromotionLogs,
      notifications: inputs.enablePromotionNotifications,
      audit: inputs.enablePromotionAudit,
    },
    health_check_state: pair.healthCheck.job.state,
    latest_promotion_url: `${plane.uiUrl}${latestPromotion(inputs)}`,
    ...(isHere
      ? {
          ui_condition: controlPlane.ui.service.terminalCondition,
          worker_condition: controlPlane.worker.service.terminalCondition,
          migration_function_state: controlPlane.migrationFunction.function.state,
          tick_state: controlPlane.workerCalls.tickJob.state,
        }
      : {}),
  };
}

/** A URL that is made of a resource cannot be made where there is none. */
function orNull(isThere: Condition, value: string | undefined): unknown {
  if (value === undefined) return Token.nullValue();
  return typeof isThere === 'boolean' ? value : hcl`(${isThere} ? ${value} : null)`;
}

/** Names of environments need no escaping, so tokens may stand in their place. */
function latestPromotion({ environment, targetEnvironment }: EffectiveInputs): string {
  const standIns = new StandIns();
  const [from, to] = [environment, targetEnvironment].map((name) => standIns.of(name, (id) => id)) as [string, string];
  return standIns.putBack(uiPaths.latestPromotion(from, to));
}
