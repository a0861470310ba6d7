import { Token } from 'cdktf';
import { rulesFromInputs, type InputProblem, type RulesFromInputs } from '../../engine/rules/rules-from-inputs.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { areEqual, both, either, isEmpty, not, type Condition } from '../conditions/condition.ts';
import { applicationOf } from './application-of-inputs.ts';
import { byCase } from './by-case.ts';
import { effectiveInputs, type EffectiveInputs } from './effective-inputs.ts';
import { somebody, withLateParts } from './late-parts.ts';
import { isGiven } from './secret-input.ts';
import { StandIns } from './stand-ins.ts';

export type RulesOfInputs =
  | {
      readonly ok: true;
      readonly document: RulesInput;
      /** The document with everything in it that Terraform may leave out. */
      readonly whole: RulesInput;
    }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/**
 * The rules that a pair's inputs stand for. A secret is told by whether there is one. Rules are judged before tokens
 * have values, so a stand-in of the right form is judged, and the token put back in its place; of what Terraform decides,
 * every case is judged.
 */
export function rulesOfInputs(inputs: EffectiveInputs, target?: PlaceOfTarget): RulesOfInputs {
  const conditions = {
    hasDatabase: either(isGiven(inputs.sourceDbConnection), isGiven(inputs.targetDbConnection)),
    isApproved: inputs.approvalRequired,
    hasApprovers: not(isEmpty(inputs.approvers)),
    promotesFlags: promotesFlags(inputs),
    asksFlagsmith: areEqual(inputs.featureFlagService, 'flagsmith'),
    isOneNamespace: target === undefined ? false : areEqual(target.namespace, inputs.kubernetesNamespace),
  };
  const addLateParts = withLateParts(inputs);
  const application = applicationOf(inputs);
  const compile = (known: Cases): RulesFromInputs => {
    const standIns = new StandIns();
    const name = application === undefined ? {} : { application: standIns.of(application, (id) => id) };
    const compiled = rulesFromInputs(judged(inputs, known, standIns), name);
    if (!compiled.ok) return compiled;
    const document = addLateParts(standIns.putBack(compiled.document));
    return {
      ok: true,
      document: target === undefined ? document : withTarget(document, inputs, target, known.isOneNamespace),
    };
  };
  const whole = Object.fromEntries(Object.entries(conditions).map(([name, holds]) => [name, holds !== false]));
  const first = compile(whole as Cases);
  if (!first.ok) return first;
  // As a rule, everything is known, and there is but one case.
  if (Object.values(conditions).every((holds) => typeof holds === 'boolean')) {
    return { ok: true, document: first.document, whole: first.document };
  }
  const problems: InputProblem[] = [];
  const document = byCase(conditions, (known) => {
    const compiled = compile(known);
    if (compiled.ok) return compiled.document;
    problems.push(...compiled.problems);
    return first.document;
  });
  return problems.length === 0 ? { ok: true, document, whole: first.document } : { ok: false, problems };
}

type Cases = Readonly<
  Record<'hasDatabase' | 'isApproved' | 'hasApprovers' | 'promotesFlags' | 'asksFlagsmith' | 'isOneNamespace', boolean>
>;

/** The inputs as they are judged in one case, with stand-ins for what is known at apply only. */
function judged(inputs: EffectiveInputs, known: Cases, standIns: StandIns): unknown {
  return {
    ...inputs,
    environment: standIns.of(inputs.environment, (id) => id),
    targetEnvironment: standIns.of(inputs.targetEnvironment, (id) => id),
    kubernetesNamespace: standIns.of(inputs.kubernetesNamespace, (id) => id),
    domainName: standIns.of(inputs.domainName, (id) => `${id}.example`),
    artifactRegistry: standIns.of(inputs.artifactRegistry, (id) => `${id}.example`),
    configRepository: standIns.of(inputs.configRepository, (id) => `https://${id}.example/repository`),
    gcpProjectId: standIns.of(inputs.gcpProjectId, (id) => id),
    ...withoutTokens(inputs),
    approvalRequired: known.isApproved,
    approvers: entries(inputs.approvers, known.hasApprovers ? [somebody] : []).map((each) =>
      standIns.of(each, (id) => `${id}@pair.example`),
    ),
    promotionChecklist: entries(inputs.promotionChecklist, []),
    notificationChannels: entries(inputs.notificationChannels, []).map((each) => standIns.of(each, channel)),
    promotionNotificationChannels: entries(inputs.promotionNotificationChannels, []).map((each) =>
      standIns.of(each, channel),
    ),
    sourceDbConnection: presence(known.hasDatabase),
    targetDbConnection: presence(known.hasDatabase),
    featureFlagApiKey: presence(known.promotesFlags),
    enableFeatureFlagPromotion: known.promotesFlags,
    ...(Token.isUnresolved(inputs.featureFlagService)
      ? { featureFlagService: known.asksFlagsmith ? 'flagsmith' : 'file' }
      : {}),
  };
}

/** A list that is known, or what stands for one that is not. */
function entries(list: readonly string[], standIn: readonly string[]): readonly string[] {
  return Token.isUnresolved(list) ? standIn : list;
}

/** Where the target is, which no documented input says. */
export interface PlaceOfTarget {
  readonly namespace: string;
  readonly domain: string;
}

/** Health and smoke tests ask the domains; names that a template would not meet are written out. */
function withTarget(
  document: RulesInput,
  inputs: EffectiveInputs,
  target: PlaceOfTarget,
  isOneNamespace: boolean,
): RulesInput {
  const places = [
    { namespace: inputs.kubernetesNamespace, domain: inputs.domainName },
    { namespace: target.namespace, domain: target.domain },
  ];
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
            workload: isOneNamespace ? '<service>-<env>' : '<service>',
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

const judgedByDefault = [
  'databaseMigrationStrategy',
  'enableRollback',
  'rollbackTimeout',
  'enableCanaryPromotion',
  'canaryPromotionPercentage',
  'canaryPromotionDuration',
  'enablePromotionMetrics',
  'promotionMetricsRetentionDays',
  'enablePromotionLogs',
  'promotionLogsRetentionDays',
  'enablePromotionNotifications',
  'enablePromotionAudit',
  'promotionAuditRetentionDays',
] as const;

/** Tokens are outside every bound of numbers and in no list of words: their defaults are judged in their place. */
function withoutTokens(inputs: EffectiveInputs): Partial<EffectiveInputs> {
  const defaults = effectiveInputs(
    inputs,
    judgedByDefault.filter((name) => Token.isUnresolved(inputs[name])),
  );
  return Object.fromEntries(judgedByDefault.map((name) => [name, defaults[name]]));
}

/** Flagsmith without its key cannot be asked; the file needs none. */
export function promotesFlags(inputs: EffectiveInputs): Condition {
  const { enableFeatureFlagPromotion, featureFlagService, featureFlagApiKey } = inputs;
  const hasKey = either(not(areEqual(featureFlagService, 'flagsmith')), isGiven(featureFlagApiKey));
  return both(both(enableFeatureFlagPromotion, not(areEqual(featureFlagService, 'none'))), hasKey);
}

const channel = (id: string): string => `projects/${id}/notificationChannels/${id}`;
const presence = (isThere: boolean): string => (isThere ? 'given' : '');
