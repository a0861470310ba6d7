import { controlPlaneDefaults } from '../control-plane/control-plane-options.ts';
import { optionChecks, partChecks } from '../control-plane/check-control-plane.ts';
import { booleanCheck, domainCheck, namespaceCheck } from '../inputs/check-kinds.ts';
import type { DocumentedInput, InputValue } from '../inputs/documented-inputs.ts';
import type { InputCheck, PatternCheck } from '../inputs/input-check.ts';
import { referencePattern } from '../inputs/secret-input.ts';

/** An input of the module beyond the documented ones. */
export interface ModuleInput extends Omit<DocumentedInput, 'default'> {
  /** `null`: it is made of other inputs. */
  readonly default: InputValue | null;
}

/** What may be left empty. */
function orEmpty(check: PatternCheck): PatternCheck {
  return { ...check, pattern: `^$|${check.pattern}` };
}

const referenceCheck = orEmpty({
  kind: 'pattern',
  pattern: referencePattern,
  bound: 'must be projects/<project>/secrets/<name>, with or without /versions/<version>',
});
const revisionCheck: InputCheck = { kind: 'whole-number', least: 0, most: 1_000_000_000 };

/** Those that say how a secret is given: Terraform cannot decide by a value that it does not keep. */
const secretInputs = [
  { secret: 'source_db_connection', example: 'projects/shop-prod/secrets/shop-staging-database' },
  { secret: 'target_db_connection', example: 'projects/shop-prod/secrets/shop-prod-database' },
  { secret: 'feature_flag_api_key', example: 'projects/shop-prod/secrets/flagsmith-api-key' },
].flatMap(({ secret, example }): readonly ModuleInput[] => [
  {
    name: `${secret}_revision`,
    type: 'number',
    default: 0,
    description: `1 when ${secret} is given; raise it to write a new value, which Terraform cannot see by itself`,
    example: 1,
    check: revisionCheck,
  },
  {
    name: `${secret}_secret`,
    type: 'string',
    default: '',
    description: `Secret of Secret Manager that holds it already, in place of ${secret}`,
    example,
    check: referenceCheck,
  },
]);

export const moreInputs: readonly ModuleInput[] = [
  ...secretInputs,
  {
    name: 'target_kubernetes_namespace',
    type: 'string',
    default: null,
    description:
      'Namespace of the application in the target; by default kubernetes_namespace with the target in place of the source',
    example: 'shop-prod',
    check: namespaceCheck,
  },
  {
    name: 'target_domain_name',
    type: 'string',
    default: null,
    description:
      'Domain of the application in the target; by default domain_name with the target in place of the source',
    example: 'shop.example',
    check: domainCheck,
  },
  {
    name: 'rules_file',
    type: 'string',
    default: '',
    description: 'Path of a rules file that decides, in place of the rules that the inputs stand for',
    example: 'promotion/promotion-rules.yaml',
    check: { kind: 'pattern', pattern: '^$|\\.(ya?ml|json)$', bound: 'must be the path of a .yaml or .json file' },
  },
  {
    name: 'region',
    type: 'string',
    default: controlPlaneDefaults.region,
    description: 'Google Cloud region of everything regional',
    example: 'europe-west1',
    check: optionChecks.region,
  },
  {
    name: 'image',
    type: 'string',
    default: null,
    description: 'Image of the services and the runner, best by digest; by default where cloudbuild.yaml puts it',
    example: `us-central1-docker.pkg.dev/shop-prod/promotion-process/promotion-process@sha256:${'0'.repeat(64)}`,
    check: optionChecks.image,
  },
  {
    name: 'machine_type',
    type: 'string',
    default: null,
    description: 'Machine of Cloud Build that promotions run on; by default its smallest',
    example: 'E2_HIGHCPU_8',
    check: optionChecks.machineType,
  },
  {
    name: 'cluster_membership',
    type: 'string',
    default: '',
    description: 'Fleet membership of the Kubernetes cluster, which the runner then reaches through Connect gateway',
    example: 'projects/shop-prod/locations/global/memberships/shop',
    check: orEmpty(partChecks.membership),
  },
  {
    name: 'cluster_dns_endpoint',
    type: 'string',
    default: '',
    description: 'DNS endpoint of the Kubernetes cluster, in place of cluster_membership',
    example: 'gke-0123456789abcdef-012345678901.us-central1.gke.goog',
    check: orEmpty(partChecks.endpoint),
  },
  {
    name: 'argocd_server',
    type: 'string',
    default: '',
    description: 'Address of the Argo CD server, for targets whose rules name none',
    example: 'argocd.shop.example',
    check: orEmpty(optionChecks.argocdServer),
  },
  {
    name: 'viewers',
    type: 'list(string)',
    default: [],
    description: 'Who may open the UI, as IAM names them; nobody but those whom the project lets in by default',
    example: ['group:sre@shop.example'],
    check: partChecks.viewer,
  },
  {
    name: 'public_hooks',
    type: 'bool',
    default: true,
    description:
      'Whether anybody may call the hooks service, as git hosts must; false where the organisation forbids allUsers',
    example: false,
    check: booleanCheck,
  },
  {
    name: 'deletion_protection',
    type: 'bool',
    default: true,
    description: 'Whether the state database, the services and buckets that hold something refuse to be deleted',
    example: false,
    check: booleanCheck,
  },
];
