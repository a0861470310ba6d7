import { promotionInputsSchema, type PromotionInputs } from './inputs-schema.ts';
import { formatPath, notShown, type Finding } from './problem.ts';
import { schemaFindings } from './schema-findings.ts';
import type { RulesInput } from './schema.ts';

/** One wrong input: `canaryPromotionPercentage` is 140 and must be at most 99. */
export interface InputProblem {
  readonly input: string;
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string;
}

export type RulesFromInputs =
  | { readonly ok: true; readonly document: RulesInput }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/** Where the API key of the flag service is kept. */
export const flagApiKeySecret = 'FEATURE_FLAG_API_KEY';

export interface ApplicationOfInputs {
  /** Default: the namespace without the environment's name, so `shop` for `shop-staging`. */
  readonly application?: string;
  /** Default: one service, named like the application. */
  readonly services?: readonly string[];
}

/**
 * Writes the rules document that the 31 inputs of one pair stand for. An environment's name inside the namespace or the
 * domain name becomes `<env>`, so that the target gets names of its own.
 */
export function rulesFromInputs(given: unknown, { application, services }: ApplicationOfInputs = {}): RulesFromInputs {
  const parsed = promotionInputsSchema.safeParse(given);
  if (!parsed.success) {
    const findings = schemaFindings(promotionInputsSchema, given);
    return { ok: false, problems: findings.map((finding) => inputProblem(finding, given)) };
  }
  const inputs = parsed.data;
  const name = application ?? applicationName(inputs);
  return {
    ok: true,
    document: {
      version: 1,
      applications: [{ name, services: (services ?? [name]).map((service) => ({ name: service })) }],
      environments: [inputs.environment, inputs.targetEnvironment].map((environment) => ({
        name: environment,
        targets: targetsOf(inputs),
        services: (services ?? [name]).map((service) => ({ name: service, ...healthOf(inputs, environment) })),
      })),
      paths: [pathOf(inputs)],
      notifications: notificationsOf(inputs),
      collect: {
        metrics: inputs.enablePromotionMetrics,
        logs: inputs.enablePromotionLogs,
        audit: inputs.enablePromotionAudit,
      },
      retention: {
        metricsDays: inputs.promotionMetricsRetentionDays,
        logsDays: inputs.promotionLogsRetentionDays,
        auditDays: inputs.promotionAuditRetentionDays,
      },
      cloud: {
        kind: 'google',
        projectId: inputs.gcpProjectId,
        domainName: inputs.domainName,
        migrationFunctionSource: inputs.dbMigrationFunctionSource,
      },
    },
  };
}

const secretInputs = new Set(['sourceDbConnection', 'targetDbConnection', 'featureFlagApiKey']);

function inputProblem({ path, expected, found, suggestion }: Finding, given: unknown): InputProblem {
  const value = path.reduce<unknown>(
    (group, segment) => (typeof group === 'object' && group !== null ? Reflect.get(group, segment) : undefined),
    given,
  );
  const isSecret = secretInputs.has(String(path[0]));
  return {
    input: formatPath(path),
    expected,
    found: isSecret ? notShown : (found ?? (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80))),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** The environment's name as a word of its own, between dots and hyphens. */
const wordIn = (environment: string): RegExp => new RegExp(`(?<=^|[.-])${environment}(?=$|[.-])`);

function applicationName({ kubernetesNamespace, environment }: PromotionInputs): string {
  const rest = kubernetesNamespace.replace(wordIn(environment), '').replace('--', '-').replaceAll(/^-|-$/g, '');
  return rest === '' ? 'application' : rest;
}

function targetsOf(inputs: PromotionInputs): RulesInput['environments'][number]['targets'] {
  const { kubernetesNamespace, environment } = inputs;
  const namespace = kubernetesNamespace.replace(wordIn(environment), '<env>');
  const hasDatabase = inputs.sourceDbConnection !== '' || inputs.targetDbConnection !== '';
  return {
    deployment: {
      kind: 'kubernetes',
      namespace,
      // Two environments in one namespace must not run the same workload.
      workload: namespace === kubernetesNamespace ? '<service>-<env>' : '<service>',
    },
    registry: inputs.artifactRegistry,
    ...(hasDatabase ? { database: '<app>-<env>' } : {}),
    configuration: { repository: inputs.configRepository },
    flags: flagsOf(inputs),
    metrics: { kind: 'google-monitoring', projectId: inputs.gcpProjectId },
  };
}

function flagsOf({
  enableFeatureFlagPromotion,
  featureFlagService,
}: PromotionInputs): RulesInput['environments'][number]['targets']['flags'] {
  if (!enableFeatureFlagPromotion) return { kind: 'none' };
  switch (featureFlagService) {
    case 'flagsmith':
      return { kind: 'flagsmith', apiKeySecret: flagApiKeySecret };
    case 'file':
      return { kind: 'file' };
    case 'none':
      return { kind: 'none' };
  }
}

/** The domain name is the source's; the target's is known only where the source's names its environment. */
function healthOf({ domainName, environment }: PromotionInputs, of: string): { readonly healthUrl?: string } {
  const template = domainName.replace(wordIn(environment), '<env>');
  if (template === domainName && of !== environment) return {};
  return { healthUrl: `https://${template}/health` };
}

function pathOf(inputs: PromotionInputs): NonNullable<RulesInput['paths']>[number] {
  const hasDatabase = inputs.sourceDbConnection !== '' || inputs.targetDbConnection !== '';
  const hasFlags = inputs.enableFeatureFlagPromotion && inputs.featureFlagService !== 'none';
  const approvers = [...new Set(inputs.approvers)];
  const who = approvers.length === 0 ? { roles: ['approver'] } : { people: approvers };
  return {
    from: inputs.environment,
    to: inputs.targetEnvironment,
    checklist: [...new Set(inputs.promotionChecklist)].map((item) => ({ item })),
    approvals: { stages: inputs.approvalRequired ? [{ name: 'approvers', ...who }] : [] },
    database: { strategy: inputs.databaseMigrationStrategy },
    rollback: { enabled: inputs.enableRollback, timeoutSeconds: inputs.rollbackTimeout },
    canary: {
      enabled: inputs.enableCanaryPromotion,
      percentage: inputs.canaryPromotionPercentage,
      durationSeconds: inputs.canaryPromotionDuration,
      checkIntervalSeconds: Math.min(60, inputs.canaryPromotionDuration),
    },
    steps: {
      leaveOut: [
        ...(hasDatabase ? [] : ['migrate-database' as const]),
        ...(hasFlags ? [] : ['promote-flags' as const]),
      ],
    },
  };
}

type Channel = NonNullable<NonNullable<RulesInput['notifications']>['channels']>[number];

function notificationsOf(inputs: PromotionInputs): NonNullable<RulesInput['notifications']> {
  const alerts = [...new Set(inputs.notificationChannels)];
  const events = [...new Set(inputs.promotionNotificationChannels)];
  const addresses = [...new Set([...alerts, ...events])];
  const nameOf = (address: string): string => `channel-${String(addresses.indexOf(address) + 1)}`;
  return {
    enabled: inputs.enablePromotionNotifications,
    channels: addresses.map((address) => channelOf(address, nameOf(address))),
    routes: [
      ...(alerts.length === 0
        ? []
        : [{ channels: alerts.map(nameOf), severities: ['critical' as const, 'high' as const] }]),
      ...(events.length === 0 ? [] : [{ channels: events.map(nameOf) }]),
    ],
  };
}

function channelOf(address: string, name: string): Channel {
  if (address.startsWith('https://')) return { kind: 'webhook', name, url: address };
  if (address.includes('@')) return { kind: 'email', name, to: [address] };
  return { kind: 'google-monitoring', name, channel: address };
}
