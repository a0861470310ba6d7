import { Token } from 'cdktf';
import { rulesFromInputs, type InputProblem } from '../../engine/rules/rules-from-inputs.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { effectiveInputs, type EffectiveInputs } from './effective-inputs.ts';
import { isGiven } from './secret-input.ts';

export type RulesOfInputs =
  | { readonly ok: true; readonly document: RulesInput }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/**
 * The rules that a pair's inputs stand for. A secret is told by whether there is one. Rules are judged before tokens
 * have values, so a stand-in of the right form is judged, and the token put back in its place.
 */
export function rulesOfInputs(inputs: EffectiveInputs, target?: PlaceOfTarget): RulesOfInputs {
  const standIns = new StandIns();
  const compiled = rulesFromInputs({
    ...inputs,
    environment: standIns.of(inputs.environment, (id) => id),
    targetEnvironment: standIns.of(inputs.targetEnvironment, (id) => id),
    kubernetesNamespace: standIns.of(inputs.kubernetesNamespace, (id) => id),
    domainName: standIns.of(inputs.domainName, (id) => `${id}.example`),
    artifactRegistry: standIns.of(inputs.artifactRegistry, (id) => `${id}.example`),
    configRepository: standIns.of(inputs.configRepository, (id) => `https://${id}.example/repository`),
    gcpProjectId: standIns.of(inputs.gcpProjectId, (id) => id),
    ...known(inputs),
    approvers: inputs.approvers.map((each) => standIns.of(each, (id) => `${id}@pair.example`)),
    notificationChannels: inputs.notificationChannels.map((each) => standIns.of(each, channel)),
    promotionNotificationChannels: inputs.promotionNotificationChannels.map((each) => standIns.of(each, channel)),
    sourceDbConnection: presence(isGiven(inputs.sourceDbConnection)),
    targetDbConnection: presence(isGiven(inputs.targetDbConnection)),
    featureFlagApiKey: presence(isGiven(inputs.featureFlagApiKey)),
    enableFeatureFlagPromotion: promotesFlags(inputs),
  });
  if (!compiled.ok) return compiled;
  const document = withTokens(standIns.putBack(compiled.document), inputs);
  return { ok: true, document: target === undefined ? document : withTarget(document, inputs, target) };
}

/** Where the target is, which no documented input says. */
export interface PlaceOfTarget {
  readonly namespace: string;
  readonly domain: string;
}

/** Health and smoke tests ask the domains; names that a template would not meet are written out. */
function withTarget(document: RulesInput, inputs: EffectiveInputs, target: PlaceOfTarget): RulesInput {
  const places = [
    { namespace: inputs.kubernetesNamespace, domain: inputs.domainName },
    { namespace: target.namespace, domain: target.domain },
  ];
  const isShared = target.namespace === inputs.kubernetesNamespace;
  return {
    ...document,
    environments: document.environments.map((environment, index) => {
      const { namespace, domain } = places[index] ?? target;
      return {
        ...environment,
        targets: {
          ...environment.targets,
          deployment: {
            kind: 'kubernetes',
            namespace,
            // Two environments in one namespace must not run the same workload.
            workload: isShared ? '<service>-<env>' : '<service>',
          },
        },
        services: (environment.services ?? []).map((service) => ({
          ...service,
          healthUrl: `https://${domain}/health`,
          smokeUrls: [`https://${domain}/`],
        })),
      };
    }),
  };
}

const numbers = [
  'rollbackTimeout',
  'canaryPromotionPercentage',
  'canaryPromotionDuration',
  'promotionMetricsRetentionDays',
  'promotionLogsRetentionDays',
  'promotionAuditRetentionDays',
] as const;

/** Numbers that are tokens are outside every bound; their defaults are judged in their place. */
function known(inputs: EffectiveInputs): Partial<EffectiveInputs> {
  const defaults = effectiveInputs(
    inputs,
    numbers.filter((name) => Token.isUnresolved(inputs[name])),
  );
  return Object.fromEntries(numbers.map((name) => [name, defaults[name]]));
}

function withTokens(document: RulesInput, inputs: EffectiveInputs): RulesInput {
  return {
    ...document,
    // The trail itself is never off, or nothing could be promoted: the input is about its archive and retention.
    collect: { ...document.collect, audit: true },
    retention: {
      metricsDays: inputs.promotionMetricsRetentionDays,
      logsDays: inputs.promotionLogsRetentionDays,
      auditDays: inputs.promotionAuditRetentionDays,
    },
    paths: (document.paths ?? []).map((path) => ({
      ...path,
      rollback: { ...path.rollback, timeoutSeconds: inputs.rollbackTimeout },
      canary: {
        ...path.canary,
        percentage: inputs.canaryPromotionPercentage,
        durationSeconds: inputs.canaryPromotionDuration,
      },
    })),
  };
}

/** Flagsmith without its key cannot be asked; the file needs none. */
export function promotesFlags(inputs: EffectiveInputs): boolean {
  const hasKey = inputs.featureFlagService !== 'flagsmith' || isGiven(inputs.featureFlagApiKey);
  return inputs.enableFeatureFlagPromotion && inputs.featureFlagService !== 'none' && hasKey;
}

const channel = (id: string): string => `projects/${id}/notificationChannels/${id}`;
const presence = (isThere: boolean): string => (isThere ? 'given' : '');

class StandIns {
  readonly #tokens = new Map<string, string>();

  of(value: string, form: (id: string) => string): string {
    if (!Token.isUnresolved(value)) return value;
    const standIn = form(`known-at-apply-${String(this.#tokens.size)}-x`);
    this.#tokens.set(standIn, value);
    return standIn;
  }

  putBack<T>(tree: T): T {
    const text = JSON.stringify(tree, (_, value: unknown) =>
      typeof value === 'string' ? this.#restore(value) : value,
    );
    return JSON.parse(text) as T;
  }

  #restore(text: string): string {
    let restored = text;
    for (const [standIn, token] of this.#tokens) restored = restored.replaceAll(standIn, token);
    return restored;
  }
}
