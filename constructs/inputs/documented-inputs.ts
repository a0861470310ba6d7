import {
  booleanCheck,
  channelCheck,
  checklistCheck,
  domainCheck,
  emailCheck,
  environmentCheck,
  eventChannelCheck,
  flagServiceCheck,
  namespaceCheck,
  percentageCheck,
  projectCheck,
  registryCheck,
  repositoryCheck,
  retentionCheck,
  secondsCheck,
  secretCheck,
  sourceCheck,
  strategyCheck,
} from './check-kinds.ts';
import type { InputCheck } from './input-check.ts';

export type InputValue = string | number | boolean | readonly string[];

/** One documented input. TypeScript's properties and HCL's variables are both written from this. */
export interface DocumentedInput {
  /** As HCL writes it; TypeScript's is the same in camel case. */
  readonly name: string;
  readonly type: 'string' | 'bool' | 'number' | 'list(string)';
  readonly unit?: string;
  /** Absent: it must be given. */
  readonly default?: InputValue;
  readonly description: string;
  readonly example: InputValue;
  /** What it must be; of a list, each entry. */
  readonly check: InputCheck;
}

/** The 31 inputs in the order in which the module documents them. */
export const documentedInputs: readonly DocumentedInput[] = [
  {
    name: 'environment',
    type: 'string',
    description: 'Source environment name (e.g., dev, staging, prod)',
    example: 'staging',
    check: environmentCheck,
  },
  {
    name: 'target_environment',
    type: 'string',
    description: 'Target environment name (e.g., staging, prod)',
    example: 'prod',
    check: environmentCheck,
  },
  {
    name: 'kubernetes_namespace',
    type: 'string',
    description: 'Kubernetes namespace for the application',
    example: 'shop-staging',
    check: namespaceCheck,
  },
  {
    name: 'domain_name',
    type: 'string',
    description: 'Domain name for the application',
    example: 'staging.shop.example',
    check: domainCheck,
  },
  {
    name: 'approval_required',
    type: 'bool',
    default: true,
    description: 'Whether approval is required for promotion',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'approvers',
    type: 'list(string)',
    default: [],
    description: 'List of email addresses for promotion approvers',
    example: ['sre@shop.example', 'product@shop.example'],
    check: emailCheck,
  },
  {
    name: 'promotion_checklist',
    type: 'list(string)',
    default: [],
    description: 'List of items to check before promotion',
    example: ['All tests passing', 'Product owner approval'],
    check: checklistCheck,
  },
  {
    name: 'artifact_registry',
    type: 'string',
    description: 'Container registry for artifacts',
    example: 'ghcr.io/shop',
    check: registryCheck,
  },
  {
    name: 'config_repository',
    type: 'string',
    description: 'Git repository URL for configuration management',
    example: 'https://github.com/shop/config.git',
    check: repositoryCheck,
  },
  {
    name: 'database_migration_strategy',
    type: 'string',
    default: 'blue-green',
    description: 'Strategy for database migration',
    example: 'incremental',
    check: strategyCheck,
  },
  {
    name: 'notification_channels',
    type: 'list(string)',
    default: [],
    description: 'List of notification channel IDs for alerts',
    example: ['projects/shop-prod/notificationChannels/1234567890'],
    check: channelCheck,
  },
  {
    name: 'db_migration_function_source',
    type: 'string',
    default: 'functions/db_migration.zip',
    description: 'Path to the database migration function source code',
    example: 'functions/db_migration.zip',
    check: sourceCheck,
  },
  {
    name: 'source_db_connection',
    type: 'string',
    default: '',
    description: 'Connection string for the source database',
    example: 'projects/shop-prod/secrets/shop-staging-database',
    check: secretCheck,
  },
  {
    name: 'target_db_connection',
    type: 'string',
    default: '',
    description: 'Connection string for the target database',
    example: 'projects/shop-prod/secrets/shop-prod-database',
    check: secretCheck,
  },
  {
    name: 'gcp_project_id',
    type: 'string',
    description: 'GCP project ID',
    example: 'shop-prod',
    check: projectCheck,
  },
  {
    name: 'enable_feature_flag_promotion',
    type: 'bool',
    default: true,
    description: 'Enable feature flag promotion',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'feature_flag_service',
    type: 'string',
    default: 'flagsmith',
    description: 'Feature flag service to use',
    example: 'flagsmith',
    check: flagServiceCheck,
  },
  {
    name: 'feature_flag_api_key',
    type: 'string',
    default: '',
    description: 'API key for feature flag service',
    example: 'projects/shop-prod/secrets/flagsmith-api-key',
    check: secretCheck,
  },
  {
    name: 'enable_rollback',
    type: 'bool',
    default: true,
    description: 'Enable automatic rollback on promotion failure',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'rollback_timeout',
    type: 'number',
    unit: 'seconds',
    default: 300,
    description: 'Timeout for rollback in seconds',
    example: 600,
    check: secondsCheck,
  },
  {
    name: 'enable_canary_promotion',
    type: 'bool',
    default: false,
    description: 'Enable canary promotion',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'canary_promotion_percentage',
    type: 'number',
    unit: 'percent',
    default: 10,
    description: 'Percentage of traffic for canary promotion',
    example: 25,
    check: percentageCheck,
  },
  {
    name: 'canary_promotion_duration',
    type: 'number',
    unit: 'seconds',
    default: 3600,
    description: 'Duration of canary promotion in seconds',
    example: 7200,
    check: secondsCheck,
  },
  {
    name: 'enable_promotion_metrics',
    type: 'bool',
    default: true,
    description: 'Enable promotion metrics collection',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'promotion_metrics_retention_days',
    type: 'number',
    unit: 'days',
    default: 90,
    description: 'Days to retain promotion metrics',
    example: 180,
    check: retentionCheck(36_500, 'kept in the state database'),
  },
  {
    name: 'enable_promotion_logs',
    type: 'bool',
    default: true,
    description: 'Enable promotion logs collection',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'promotion_logs_retention_days',
    type: 'number',
    unit: 'days',
    default: 30,
    description: 'Days to retain promotion logs',
    example: 60,
    check: retentionCheck(3650, 'what Cloud Logging keeps'),
  },
  {
    name: 'enable_promotion_notifications',
    type: 'bool',
    default: true,
    description: 'Enable promotion notifications',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'promotion_notification_channels',
    type: 'list(string)',
    default: [],
    description: 'Notification channels for promotion events',
    example: ['releases@shop.example'],
    check: eventChannelCheck,
  },
  {
    name: 'enable_promotion_audit',
    type: 'bool',
    default: true,
    description: 'Enable promotion audit trail',
    example: true,
    check: booleanCheck,
  },
  {
    name: 'promotion_audit_retention_days',
    type: 'number',
    unit: 'days',
    default: 365,
    description: 'Days to retain promotion audit trail',
    example: 730,
    check: retentionCheck(36_500, 'what Cloud Storage retains: 100 years'),
  },
];

/** `gcpProjectId` → `gcp_project_id`, wherever it stands in a text. */
export function variableNames(text: string): string {
  return text.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `gcp_project_id` → `gcpProjectId`. */
export function propertyName(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
