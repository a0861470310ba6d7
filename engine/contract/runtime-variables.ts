/**
 * Environment variables that provisioning writes into a container and the programs in it read. Values are names and
 * addresses, never secrets: those are mounted, or come as variables that the rules name.
 */
export const runtimeVariables = {
  /** `gs://bucket/object` of the effective rules; the object's name holds the hash of its content. */
  rules: 'PROMOTION_RULES',
  /** Name of the installation, which its resources begin with. */
  installation: 'PROMOTION_INSTALLATION',
  /** Google Cloud project of the installation. */
  project: 'PROMOTION_PROJECT',
  /** Google Cloud region of the installation. */
  region: 'PROMOTION_REGION',
  /** Instance of the state database as the connector library takes it: `project:region:instance`. */
  stateInstance: 'PROMOTION_STATE_INSTANCE',
  /** Name of the state database in that instance. */
  stateDatabase: 'PROMOTION_STATE_DATABASE',
  /** Postgres user of this component: its service account without `.gserviceaccount.com`. */
  stateUser: 'PROMOTION_STATE_USER',
  /** `PUBLIC`, `PRIVATE` or `PSC`: how the connector library reaches the instance. */
  stateIpType: 'PROMOTION_STATE_IP_TYPE',
  /** Topic that run requests are published to, in full. */
  runTopic: 'PROMOTION_RUN_TOPIC',
  /** Topic that incoming hooks are put on, in full. */
  hooksTopic: 'PROMOTION_HOOKS_TOPIC',
  /** Topics of promotion events by pair: a JSON object of `<from>-to-<to>` and the topic in full. */
  eventTopics: 'PROMOTION_EVENT_TOPICS',
  /** Buckets of artifacts by pair: a JSON object of `<from>-to-<to>` and the bucket's name. */
  artifactBuckets: 'PROMOTION_ARTIFACT_BUCKETS',
  /** Bucket with retention that signed audit heads are written to; absent: the archive is off. */
  auditBucket: 'PROMOTION_AUDIT_BUCKET',
  /** Address of the database-migration function. */
  migrationFunction: 'PROMOTION_MIGRATION_FUNCTION',
  /** Address of the UI, which messages link to. */
  uiUrl: 'PROMOTION_UI_URL',
  /** Google Kubernetes access: `connect-gateway` or `dns-endpoint`; absent: none. */
  clusterAccess: 'PROMOTION_CLUSTER_ACCESS',
  /** The membership (`projects/…/memberships/…`) or the DNS endpoint of the cluster. */
  clusterAddress: 'PROMOTION_CLUSTER_ADDRESS',
  /** Address of the Argo CD server. */
  argocdServer: 'PROMOTION_ARGOCD_SERVER',
  /** How people prove who they are: `iam`, `iap` or `oidc`. */
  identity: 'PROMOTION_IDENTITY',
  /** The audience that identity tokens must be issued for. */
  identityAudience: 'PROMOTION_IDENTITY_AUDIENCE',
  /** Address of the OpenID Connect issuer. */
  identityIssuer: 'PROMOTION_IDENTITY_ISSUER',
  /** Client id at the OpenID Connect issuer. */
  identityClient: 'PROMOTION_IDENTITY_CLIENT',
  /** Address of the keys that sign identity tokens (a JWK set); absent: those of Identity-Aware Proxy. */
  identityKeys: 'PROMOTION_IDENTITY_KEYS',
  /** Service accounts whose identity tokens the worker accepts, separated by commas. */
  trustedCallers: 'PROMOTION_TRUSTED_CALLERS',
  /** The promotion that this run is for. */
  promotionId: 'PROMOTION_ID',
  /** Lease generation of the dispatch row that asked for this run. */
  dispatchId: 'PROMOTION_DISPATCH_ID',
} as const;

export type RuntimeVariable = (typeof runtimeVariables)[keyof typeof runtimeVariables];

/** Secrets that reach a container as environment variables because the programs read them so. */
export const secretVariables = {
  /** Secret of the client at the OpenID Connect issuer. */
  identityClientSecret: 'PROMOTION_IDENTITY_CLIENT_SECRET',
} as const;

/** Environment variables that the image itself and the platform that runs it set, and no provisioning. */
export const imageVariables = {
  /** An address of this machine that services of the image listen at: any, where the image is what runs. */
  address: 'PROMOTION_ADDRESS',
  /** The port that services of the image listen on, as Cloud Run tells it. Default: 8080. */
  port: 'PORT',
} as const;

/** Environment variables of the database-migration function, beside what its settings have defaults for. */
export const functionVariables = {
  /** Folder that holds one mounted connection URL per database. */
  databaseSecretsFolder: 'DATABASE_SECRETS_DIR',
  /** `platform`: IAM lets callers in, and no token is asked. */
  callerAuthentication: 'CALLER_AUTHENTICATION',
} as const;

/** The programs of the one image, by the word that starts each. */
export const imageCommands = {
  ui: 'ui',
  worker: 'worker',
  hooks: 'hooks',
  runner: 'runner',
} as const;

/** Port that the services of the image listen on. */
export const SERVICE_PORT = 8080;
