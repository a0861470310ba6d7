import { Token } from 'cdktf';
import type { InputProblem } from '../../engine/rules/rules-from-inputs.ts';
import { documentedInputs, propertyName } from '../inputs/documented-inputs.ts';
import { booleanCheck } from '../inputs/check-kinds.ts';
import { boundOf, suits, type InputCheck, type PatternCheck } from '../inputs/input-check.ts';
import { claimsOf } from '../inputs/check-documented.ts';
import { problemsOf, type Claim } from '../inputs/claims.ts';
import { labelClaims } from '../inputs/label-claims.ts';
import { isSecretReference, secretBound, type SecretInput } from '../inputs/secret-input.ts';
import type { Decidable } from '../conditions/condition.ts';
import { packageFolder } from '../package-folder.ts';
import type { ControlPlaneOptions } from './control-plane-options.ts';
import { findFunctionSource } from './function-source.ts';

const pattern = (expression: string, bound: string): PatternCheck => ({ kind: 'pattern', pattern: expression, bound });

export const optionChecks = {
  name: pattern(
    '^[a-z]([a-z0-9-]{1,48}[a-z0-9])$',
    'must be 3 to 50 lower-case letters, digits and hyphens, beginning with a letter',
  ),
  region: pattern('^[a-z]+-[a-z]+[0-9]+$', 'must be a region of Google Cloud such as europe-west1'),
  image: pattern(
    '^[a-z0-9][^\\s@]*(:[^\\s@/]+)?(@sha256:[0-9a-f]{64})?$',
    'must be an image, best by digest: name@sha256:…',
  ),
  runTimeout: { kind: 'whole-number', least: 60, most: 86_400, because: 'seconds; what Cloud Build takes' },
  workerPool: pattern(
    '^projects/[^/]+/locations/[^/]+/workerPools/[^/]+$',
    'must be projects/<project>/locations/<region>/workerPools/<pool>',
  ),
  machineType: pattern('^[A-Z][A-Z0-9_]+$', 'must be a machine of Cloud Build such as E2_HIGHCPU_8'),
  encryptionKey: pattern(
    '^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$',
    'must be projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>',
  ),
  argocdServer: pattern(
    '^[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?$',
    'must be a host such as argocd.shop.example, or host:port',
  ),
  publicHooks: booleanCheck,
} satisfies Partial<Record<keyof ControlPlaneOptions | 'name', InputCheck>>;

export const partChecks = {
  membership: pattern(
    '^projects/[^/]+/locations/[^/]+/memberships/[^/]+$',
    'must be projects/<project>/locations/<location>/memberships/<name>',
  ),
  endpoint: pattern('^[a-z0-9][a-z0-9.-]*\\.gke\\.goog$', 'must be the DNS endpoint of a cluster: gke-….gke.goog'),
  viewer: pattern(
    '^(user|group|serviceAccount|domain|principal|principalSet):\\S+$',
    'must be as IAM names it, such as group:sre@shop.example',
  ),
} satisfies Readonly<Record<string, InputCheck>>;
const connectionName = '^[^:\\s]+(:[^:\\s]+)?:[^:\\s]+:[^:\\s]+$';
const backupDays: InputCheck = { kind: 'whole-number', least: 1, most: 365, because: 'days; what Cloud SQL keeps' };

interface Checked extends ControlPlaneOptions {
  readonly name?: string;
  readonly dbMigrationFunctionSource?: string;
  readonly databaseConnections?: Readonly<Record<string, SecretInput>>;
  readonly runnerSecrets?: Readonly<Record<string, SecretInput>>;
}

/** What is wrong with the options of an installation. */
export function checkOptions(options: Decidable<Checked>): readonly InputProblem[] {
  return problemsOf([
    ...singleClaims(options),
    ...partClaims(options),
    ...secretClaims(options),
    ...labelClaims(options.labels),
    ...sourceClaims(options),
  ]);
}

/** The same, and what is wrong with those documented inputs that an installation takes. */
export function checkControlPlane(props: Decidable<Checked>): readonly InputProblem[] {
  const documented = documentedInputs
    .map((input) => ({ input, actual: Reflect.get(props, propertyName(input.name)) as unknown }))
    .filter(({ input, actual }) => actual !== undefined || input.name === 'gcp_project_id')
    .flatMap(({ input, actual }) => claimsOf(input, actual));
  return [...problemsOf(documented), ...checkOptions(props)];
}

function singleClaims(options: Decidable<Checked>): readonly Claim[] {
  return Object.entries(optionChecks).flatMap(([label, check]) => {
    const actual: unknown = Reflect.get(options, label);
    return actual === undefined ? [] : [{ label, bound: boundOf(check, actual), actual, holds: suits(check, actual) }];
  });
}

function partClaims({
  clusterAccess,
  identity,
  stateDatabase,
  viewers = [],
  rules,
  rulesFile,
}: Decidable<Checked>): readonly Claim[] {
  return [
    ...(Token.isUnresolved(viewers) ? [] : viewers).map((each, index) =>
      claim(`viewers[${String(index)}]`, each, partChecks.viewer),
    ),
    ...(clusterAccess !== undefined && 'membership' in clusterAccess
      ? [claim('clusterAccess.membership', clusterAccess.membership, partChecks.membership)]
      : []),
    ...(clusterAccess !== undefined && 'endpoint' in clusterAccess
      ? [claim('clusterAccess.endpoint', clusterAccess.endpoint, partChecks.endpoint)]
      : []),
    ...(identity?.kind === 'oidc'
      ? [claim('identity.issuer', identity.issuer, pattern('^https://[^\\s/]+(/\\S*)?$', 'must be an https address'))]
      : []),
    ...(stateDatabase?.kind === 'use'
      ? [
          claim(
            'stateDatabase.connectionName',
            stateDatabase.connectionName,
            pattern(connectionName, 'must be <project>:<region>:<instance>'),
          ),
        ]
      : []),
    ...(stateDatabase?.kind === 'create' && stateDatabase.backupDays !== undefined
      ? [claim('stateDatabase.backupDays', stateDatabase.backupDays, backupDays)]
      : []),
    {
      label: 'rulesFile',
      bound: 'must be left out when rules are given',
      actual: rulesFile,
      holds: rules === undefined || rulesFile === undefined,
    },
  ];
}

const claim = (label: string, actual: unknown, check: InputCheck): Claim => ({
  label,
  bound: boundOf(check, actual),
  actual,
  holds: suits(check, actual),
});

function secretClaims({
  identity,
  databaseConnections = {},
  runnerSecrets = {},
}: Decidable<Checked>): readonly Claim[] {
  const secrets: readonly (readonly [string, SecretInput])[] = [
    ...(identity?.kind === 'oidc' ? [['identity.clientSecret', identity.clientSecret] as const] : []),
    ...Object.entries(databaseConnections).map(([name, secret]) => [`databaseConnections.${name}`, secret] as const),
    ...Object.entries(runnerSecrets).map(([name, secret]) => [`runnerSecrets.${name}`, secret] as const),
  ];
  return secrets.map(([label, actual]) => ({
    label,
    bound: secretBound,
    actual,
    holds: actual !== '' && isSecretReference(actual),
    isSecret: true,
  }));
}

function sourceClaims({
  dbMigrationFunctionSource = 'functions/db_migration.zip',
}: Decidable<Checked>): readonly Claim[] {
  const found = findFunctionSource(dbMigrationFunctionSource, process.cwd(), packageFolder);
  return found.ok
    ? []
    : [{ label: 'dbMigrationFunctionSource', bound: found.bound, actual: dbMigrationFunctionSource, holds: false }];
}

/** Names of the options, so that a pair on a shared installation can say which of them belong there. */
export const optionNames = [
  'region',
  'image',
  'stateDatabase',
  'network',
  'workerPool',
  'machineType',
  'runTimeout',
  'clusterAccess',
  'argocdServer',
  'identity',
  'rulesFile',
  'rules',
  'viewers',
  'publicHooks',
] as const satisfies readonly (keyof ControlPlaneOptions)[];
