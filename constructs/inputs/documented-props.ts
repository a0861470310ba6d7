import type { SecretInput } from './secret-input.ts';

/** The 31 documented inputs. Written by `npm run build:inputs` from documented-inputs.ts; edit that. */
export interface DocumentedProps {
  /**
   * Source environment name (e.g., dev, staging, prod).
   *
   * It must be 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.
   * @example "staging"
   */
  readonly environment: string;
  /**
   * Target environment name (e.g., staging, prod).
   *
   * It must be 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.
   * @example "prod"
   */
  readonly targetEnvironment: string;
  /**
   * Kubernetes namespace for the application.
   *
   * It must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends.
   * @example "shop-staging"
   */
  readonly kubernetesNamespace: string;
  /**
   * Domain name for the application.
   *
   * It must be a domain name such as shop.example.
   * @example "staging.shop.example"
   */
  readonly domainName: string;
  /**
   * Whether approval is required for promotion.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly approvalRequired?: boolean;
  /**
   * List of email addresses for promotion approvers.
   *
   * Each must be an e-mail address.
   * @default []
   * @example ["sre@shop.example","product@shop.example"]
   */
  readonly approvers?: readonly string[];
  /**
   * List of items to check before promotion.
   *
   * Each must be one line of 1 to 500 characters.
   * @default []
   * @example ["All tests passing","Product owner approval"]
   */
  readonly promotionChecklist?: readonly string[];
  /**
   * Container registry for artifacts.
   *
   * It must be a registry and the path in it, such as ghcr.io/shop, without https:// and without a tag.
   * @example "ghcr.io/shop"
   */
  readonly artifactRegistry: string;
  /**
   * Git repository URL for configuration management.
   *
   * It must be the address of a Git repository (https://, ssh:// or git@host:path) without a password.
   * @example "https://github.com/shop/config.git"
   */
  readonly configRepository: string;
  /**
   * Strategy for database migration.
   *
   * It must be one of blue-green, incremental, schema-first.
   * @default "blue-green"
   * @example "incremental"
   */
  readonly databaseMigrationStrategy?: string;
  /**
   * List of notification channel IDs for alerts.
   *
   * Each must be projects/<project>/notificationChannels/<channel>.
   * @default []
   * @example ["projects/shop-prod/notificationChannels/1234567890"]
   */
  readonly notificationChannels?: readonly string[];
  /**
   * Path to the database migration function source code.
   *
   * It must be the path of a .zip file.
   * @default "functions/db_migration.zip"
   * @example "functions/db_migration.zip"
   */
  readonly dbMigrationFunctionSource?: string;
  /**
   * Connection string for the source database.
   *
   * It must be a reference to a secret, never its value.
   * @default ""
   * @example "projects/shop-prod/secrets/shop-staging-database"
   */
  readonly sourceDbConnection?: SecretInput;
  /**
   * Connection string for the target database.
   *
   * It must be a reference to a secret, never its value.
   * @default ""
   * @example "projects/shop-prod/secrets/shop-prod-database"
   */
  readonly targetDbConnection?: SecretInput;
  /**
   * GCP project ID.
   *
   * It must be a project id of 6 to 30 lower-case letters, digits and hyphens, beginning with a letter.
   * @example "shop-prod"
   */
  readonly gcpProjectId: string;
  /**
   * Enable feature flag promotion.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly enableFeatureFlagPromotion?: boolean;
  /**
   * Feature flag service to use.
   *
   * It must be one of flagsmith, file, none.
   * @default "flagsmith"
   * @example "flagsmith"
   */
  readonly featureFlagService?: string;
  /**
   * API key for feature flag service.
   *
   * It must be a reference to a secret, never its value.
   * @default ""
   * @example "projects/shop-prod/secrets/flagsmith-api-key"
   */
  readonly featureFlagApiKey?: SecretInput;
  /**
   * Enable automatic rollback on promotion failure.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly enableRollback?: boolean;
  /**
   * Timeout for rollback in seconds.
   *
   * Unit: seconds.
   * It must be between 1 and 315360000 (seconds).
   * @default 300
   * @example 600
   */
  readonly rollbackTimeout?: number;
  /**
   * Enable canary promotion.
   *
   * It must be true or false.
   * @default false
   * @example true
   */
  readonly enableCanaryPromotion?: boolean;
  /**
   * Percentage of traffic for canary promotion.
   *
   * Unit: percent.
   * It must be between 1 and 99.
   * @default 10
   * @example 25
   */
  readonly canaryPromotionPercentage?: number;
  /**
   * Duration of canary promotion in seconds.
   *
   * Unit: seconds.
   * It must be between 1 and 315360000 (seconds).
   * @default 3600
   * @example 7200
   */
  readonly canaryPromotionDuration?: number;
  /**
   * Enable promotion metrics collection.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly enablePromotionMetrics?: boolean;
  /**
   * Days to retain promotion metrics.
   *
   * Unit: days.
   * It must be between 1 and 36500 (days; kept in the state database).
   * @default 90
   * @example 180
   */
  readonly promotionMetricsRetentionDays?: number;
  /**
   * Enable promotion logs collection.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly enablePromotionLogs?: boolean;
  /**
   * Days to retain promotion logs.
   *
   * Unit: days.
   * It must be between 1 and 3650 (days; what Cloud Logging keeps).
   * @default 30
   * @example 60
   */
  readonly promotionLogsRetentionDays?: number;
  /**
   * Enable promotion notifications.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly enablePromotionNotifications?: boolean;
  /**
   * Notification channels for promotion events.
   *
   * Each must be projects/<project>/notificationChannels/<channel>, an e-mail address or an https address.
   * @default []
   * @example ["releases@shop.example"]
   */
  readonly promotionNotificationChannels?: readonly string[];
  /**
   * Enable promotion audit trail.
   *
   * It must be true or false.
   * @default true
   * @example true
   */
  readonly enablePromotionAudit?: boolean;
  /**
   * Days to retain promotion audit trail.
   *
   * Unit: days.
   * It must be between 1 and 36500 (days; what Cloud Storage retains: 100 years).
   * @default 365
   * @example 730
   */
  readonly promotionAuditRetentionDays?: number;
}
