import { Token } from 'cdktf';
import type { Claim } from './claims.ts';
import { documentedInputs, propertyName, type DocumentedInput } from './documented-inputs.ts';
import type { DocumentedProps } from './documented-props.ts';
import { boundOf, suits } from './input-check.ts';
import { isGiven, isSecretReference, secretBound } from './secret-input.ts';

/** What is claimed of the documented inputs, each on its own and together. */
export function documentedClaims(props: DocumentedProps): readonly Claim[] {
  return [
    ...documentedInputs.flatMap((input) => claimsOf(input, Reflect.get(props, propertyName(input.name)))),
    ...togetherClaims(props),
  ];
}

/** What is claimed of one input on its own. */
export function claimsOf(input: DocumentedInput, actual: unknown): readonly Claim[] {
  const label = propertyName(input.name);
  if (actual === undefined && input.default !== undefined) return [];
  if (input.check.kind === 'secret') {
    return [{ label, bound: secretBound, actual, holds: isSecretReference(actual), isSecret: true }];
  }
  if (input.type !== 'list(string)') return [entryClaim(input, label, actual)];
  if (Token.isUnresolved(actual)) {
    return [
      {
        label,
        bound: 'must be a list that is known at synth; its entries need not be',
        actual,
        holds: false,
        isToken: true,
      },
    ];
  }
  if (!Array.isArray(actual)) return [{ label, bound: 'must be a list', actual, holds: false }];
  return actual.map((entry: unknown, index) => entryClaim(input, `${label}[${String(index)}]`, entry));
}

function entryClaim({ check }: DocumentedInput, label: string, actual: unknown): Claim {
  return { label, bound: boundOf(check, actual), actual, holds: suits(check, actual) };
}

function togetherClaims(props: DocumentedProps): readonly Claim[] {
  const { environment, targetEnvironment, sourceDbConnection, targetDbConnection } = props;
  const isAnother = (targetEnvironment as string | undefined) === undefined || environment !== targetEnvironment;
  const canaryIsTold = props.enableCanaryPromotion !== undefined;
  const missing = isGiven(sourceDbConnection) ? 'targetDbConnection' : 'sourceDbConnection';
  const other = isGiven(sourceDbConnection) ? 'sourceDbConnection' : 'targetDbConnection';
  return [
    {
      label: 'targetEnvironment',
      bound: 'must be another environment than environment',
      actual: targetEnvironment,
      holds: isAnother,
    },
    {
      label: missing,
      bound: `must be given together with ${other}; without both, no database is migrated`,
      actual: '',
      holds: isGiven(sourceDbConnection) === isGiven(targetDbConnection),
    },
    ...(['canaryPromotionPercentage', 'canaryPromotionDuration'] as const).map((label) => ({
      label,
      bound: 'must be left out, or enableCanaryPromotion told: as it stands there is no canary',
      actual: props[label],
      holds: canaryIsTold || props[label] === undefined,
    })),
  ];
}

/** What is allowed and probably not meant. */
export function documentedWarnings(props: DocumentedProps): readonly string[] {
  const { approvalRequired = true, approvers = [], enableFeatureFlagPromotion = true, enableRollback = true } = props;
  const { featureFlagService = 'flagsmith', featureFlagApiKey, enableCanaryPromotion = false } = props;
  const hasFlagsmith = enableFeatureFlagPromotion && featureFlagService === 'flagsmith';
  return [
    ...(approvalRequired && approvers.length === 0
      ? ['approvers is empty: promotions wait until someone who has the role approver acts.']
      : []),
    ...(hasFlagsmith && !isGiven(featureFlagApiKey)
      ? ['featureFlagApiKey is empty: feature flags are not promoted.']
      : []),
    ...(enableCanaryPromotion && !enableRollback
      ? ['enableRollback is false: a canary that fails stays until someone rolls it back.']
      : []),
  ];
}
