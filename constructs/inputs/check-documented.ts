import { Token } from 'cdktf';
import { areEqual, both, isEmpty, not, type Condition, type Decidable } from '../conditions/condition.ts';
import type { Claim } from './claims.ts';
import { documentedInputs, propertyName, type DocumentedInput } from './documented-inputs.ts';
import type { DocumentedProps } from './documented-props.ts';
import { boundOf, suits } from './input-check.ts';
import { isGiven, isSecretReference, secretBound } from './secret-input.ts';

/**
 * Who decides about what is there and what is not: the app when it is synthesised, or Terraform, in an HCL module. An app
 * must therefore know switches and lists.
 */
export type Decides = 'app' | 'terraform';

/** What is claimed of the documented inputs, each on its own and together. */
export function documentedClaims(props: Decidable<DocumentedProps>, decides: Decides = 'app'): readonly Claim[] {
  return [
    ...documentedInputs.flatMap((input) => claimsOf(input, Reflect.get(props, propertyName(input.name)), decides)),
    ...togetherClaims(props),
  ];
}

export const otherEnvironmentBound = 'must be another environment than environment';
export const togetherBound = (other: string): string =>
  `must be given together with ${other}; without both, no database is migrated`;

/** What is claimed of one input on its own. */
export function claimsOf(input: DocumentedInput, actual: unknown, decides: Decides = 'app'): readonly Claim[] {
  const label = propertyName(input.name);
  if (actual === undefined && input.default !== undefined) return [];
  if (input.check.kind === 'secret') {
    return [{ label, bound: secretBound, actual, holds: isSecretReference(actual), isSecret: true }];
  }
  if (Token.isUnresolved(actual) && input.type in knownAtSynth) {
    const bound = Reflect.get(knownAtSynth, input.type) as string;
    return [{ label, bound, actual, holds: decides === 'terraform', isToken: true }];
  }
  if (input.type !== 'list(string)') return [entryClaim(input, label, actual)];
  if (!Array.isArray(actual)) return [{ label, bound: 'must be a list', actual, holds: false }];
  return actual.map((entry: unknown, index) => entryClaim(input, `${label}[${String(index)}]`, entry));
}

const knownAtSynth = {
  bool: 'must be known at synth',
  'list(string)': 'must be a list that is known at synth; its entries need not be',
};

function entryClaim({ check }: DocumentedInput, label: string, actual: unknown): Claim {
  const mayHoldPassword = check.kind === 'pattern' && check.mayHoldPassword === true;
  return { label, bound: boundOf(check, actual), actual, holds: suits(check, actual), mayHoldPassword };
}

function togetherClaims(props: Decidable<DocumentedProps>): readonly Claim[] {
  const { environment, targetEnvironment, sourceDbConnection, targetDbConnection } = props;
  const isAnother = (targetEnvironment as string | undefined) === undefined || environment !== targetEnvironment;
  const canaryIsTold = props.enableCanaryPromotion !== undefined;
  const missing = isGiven(sourceDbConnection) ? 'targetDbConnection' : 'sourceDbConnection';
  const other = isGiven(sourceDbConnection) ? 'sourceDbConnection' : 'targetDbConnection';
  return [
    {
      label: 'targetEnvironment',
      bound: otherEnvironmentBound,
      actual: targetEnvironment,
      holds: isAnother,
    },
    {
      label: missing,
      bound: togetherBound(other),
      actual: '',
      holds: areAlike(isGiven(sourceDbConnection), isGiven(targetDbConnection)),
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
export function documentedWarnings(props: Decidable<DocumentedProps>): readonly string[] {
  return warningsOf(props).flatMap(({ applies, text }) => (applies === true ? [text] : []));
}

/** Each warning, and when it applies. */
export function warningsOf(
  props: Decidable<DocumentedProps>,
): readonly { readonly about: string; readonly applies: Condition; readonly text: string }[] {
  const { approvalRequired = true, approvers = [], enableFeatureFlagPromotion = true, enableRollback = true } = props;
  const { featureFlagService = 'flagsmith', featureFlagApiKey, enableCanaryPromotion = false } = props;
  const hasFlagsmith = both(enableFeatureFlagPromotion, areEqual(featureFlagService, 'flagsmith'));
  return [
    {
      about: 'approvers',
      applies: both(approvalRequired, isEmpty(approvers)),
      text: 'approvers is empty: promotions wait until someone who has the role approver acts.',
    },
    {
      about: 'featureFlagApiKey',
      applies: both(hasFlagsmith, not(isGiven(featureFlagApiKey))),
      text: 'featureFlagApiKey is empty: feature flags are not promoted.',
    },
    {
      about: 'enableRollback',
      applies: both(enableCanaryPromotion, not(enableRollback)),
      text: 'enableRollback is false: a canary that fails stays until someone rolls it back.',
    },
  ];
}

/** Of conditions that Terraform decides about, it says so itself. */
const areAlike = (one: Condition, other: Condition): boolean =>
  typeof one !== 'boolean' || typeof other !== 'boolean' || one === other;
