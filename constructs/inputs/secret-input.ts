import { TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Condition } from '../conditions/condition.ts';
import { OptionalSecret } from './optional-secret.ts';

/** A secret that Secret Manager already keeps. Its value never passes through Terraform. */
export interface SecretReference {
  /** `projects/<project>/secrets/<name>`, or the name alone for a secret of the installation's project. */
  readonly secret: string;
  /** A version's number, or `latest`. Default: `latest`. */
  readonly version?: string;
}

/**
 * A secret that comes in with each apply and is written to Secret Manager without being kept in plan or state
 * (Terraform 1.11 or newer): `TF_VAR_<name>` or `-var` brings its value.
 */
export class EphemeralSecret {
  readonly variable: TerraformVariable;
  /** A new value is written when this is raised: Terraform cannot compare values that it does not keep. */
  readonly revision: number;

  /**
   * @param scope where the variable belongs, as a rule the stack.
   * @param name of the variable, exactly as `TF_VAR_<name>` sets it.
   * @param revision raise it to write a new value. Default: 1.
   */
  constructor(scope: Construct, name: string, revision = 1) {
    this.variable = new TerraformVariable(scope, name, { type: 'string', sensitive: true, nullable: false });
    this.variable.overrideLogicalId(name);
    this.variable.addOverride('ephemeral', true);
    this.revision = revision;
  }
}

/** `''` for none, a Secret Manager reference as text, or one of the two forms; an HCL module leaves open which. */
export type SecretInput = string | SecretReference | EphemeralSecret | OptionalSecret;

/** In the common part of JavaScript and RE2. */
export const referencePattern = '^(projects/[^/\\s]+/secrets/[A-Za-z0-9_-]{1,255})(?:/versions/(latest|[0-9]+))?$';
const fullName = new RegExp(referencePattern);
const shortName = /^[A-Za-z0-9_-]{1,255}$/;

/** What a secret must be; never told together with the value that was given. */
export const secretBound =
  'must be a reference: projects/<project>/secrets/<name> of Secret Manager (`gcloud secrets create` makes one), ' +
  'or new EphemeralSecret(scope, "<variable>"); a value written here would be in synthesised files and in the state';

/** The secret as one of its forms; undefined when there is none, or when what is given is no reference. */
export function readSecret(
  given: SecretInput | undefined,
): SecretReference | EphemeralSecret | OptionalSecret | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string') return given;
  const [, secret, version] = fullName.exec(given) ?? [];
  return secret === undefined ? undefined : { secret, version: version ?? 'latest' };
}

/** Whether a secret is given at all, in whatever form. */
export function isGiven(given: SecretInput | undefined): Condition {
  if (given instanceof OptionalSecret) return given.isGiven;
  return given !== undefined && given !== '';
}

/**
 * Whether what is given is nothing, or a reference. Text that is known at apply only counts as none: it may as well be
 * the value, and would then be in the state. As `secret` of a reference it is taken.
 */
export function isSecretReference(given: unknown): boolean {
  if (given === undefined || given === '') return true;
  if (given instanceof EphemeralSecret || given instanceof OptionalSecret) return true;
  if (typeof given === 'string') return fullName.test(given);
  if (typeof given !== 'object' || given === null) return false;
  const secret: unknown = Reflect.get(given, 'secret');
  if (typeof secret !== 'string') return false;
  return Token.isUnresolved(secret) || shortName.test(secret) || fullName.test(secret);
}
