import type { RulesInput } from '../../engine/rules/schema.ts';
import type { OptionalClusterAccess } from './cluster-reach.ts';
import type { SecretInput } from '../inputs/secret-input.ts';

/** Where promotions, approvals and the audit trail are kept. */
export type StateDatabase =
  | {
      readonly kind: 'create';
      /** Machine of the Cloud SQL instance. Default: `db-custom-1-3840` (1 core, 3.75 GB). */
      readonly tier?: string;
      /** Whether a second zone takes over. Default: false. */
      readonly highlyAvailable?: boolean;
      /** Days that backups are kept, 1 to 365. Default: 7. */
      readonly backupDays?: number;
      /** VPC network, in full, that the instance gets a private address in instead of a public one. */
      readonly privateNetwork?: string;
    }
  | {
      readonly kind: 'use';
      /** `project:region:instance` of an instance of PostgreSQL 15 or newer with `cloudsql.iam_authentication` on. */
      readonly connectionName: string;
      /** Default: `promotion`. */
      readonly database?: string;
      /** Whether it is reached by a private address. Default: false. */
      readonly isPrivate?: boolean;
    };

/** How services and the function reach private networks. */
export interface NetworkAccess {
  /** VPC network of the services. */
  readonly network: string;
  /** Subnetwork of the services. */
  readonly subnetwork: string;
  /** Serverless VPC Access connector of the function, in full: functions have no direct way. */
  readonly connector: string;
}

/** How the runner reaches the cluster. */
export type ClusterAccess =
  | {
      readonly kind: 'connect-gateway';
      /** `projects/<project>/locations/<location>/memberships/<name>`. */
      readonly membership: string;
    }
  | {
      readonly kind: 'dns-endpoint';
      /** `gke-….gke.goog`, as `gcloud container clusters describe` tells it. */
      readonly endpoint: string;
    };

/** How people prove to the UI who they are. */
export type Identity =
  /** Google Cloud IAM lets in who has `roles/run.invoker`; `gcloud run services proxy` opens it in a browser. */
  | { readonly kind: 'iam' }
  /** Identity-Aware Proxy in front of the service, by the google-beta provider. */
  | {
      readonly kind: 'iap';
      /** Audience of IAP's tokens: `/projects/<number>/locations/<region>/services/<service>`. */
      readonly audience: string;
    }
  /** Sign-in with an OpenID Connect issuer, by the UI itself. */
  | {
      readonly kind: 'oidc';
      /** `https://accounts.google.com`, for example. */
      readonly issuer: string;
      readonly clientId: string;
      readonly clientSecret: SecretInput;
    };

/** What an installation can be told beyond the documented inputs. Everything has a default. */
export interface ControlPlaneOptions {
  /**
   * Google Cloud region of everything regional.
   * @default "us-central1"
   */
  readonly region?: string;
  /**
   * Labels of everything that takes labels: at most 63 lower-case letters, digits, _ and -, keys beginning with a letter.
   * @default {}
   * @example { team: "shop" }
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Whether the state database, the services and buckets that hold something refuse to be deleted.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * The image of the UI, the worker, the hooks service and the runner, best by digest.
   * @default `<region>-docker.pkg.dev/<gcpProjectId>/promotion-process/promotion-process:latest`, where
   *   `cloudbuild.yaml` puts it
   * @example "us-central1-docker.pkg.dev/shop-prod/promotion-process/promotion-process@sha256:…"
   */
  readonly image?: string;
  /**
   * Where promotions are kept.
   * @default a Cloud SQL instance is created
   */
  readonly stateDatabase?: StateDatabase;
  /**
   * How private databases and clusters are reached.
   * @default the services and the function have no way into private networks
   */
  readonly network?: NetworkAccess;
  /**
   * Private worker pool of Cloud Build, in full, that promotions run in. The function then lets in what is internal
   * alone.
   * @default Cloud Build's own machines
   */
  readonly workerPool?: string;
  /**
   * Machine of Cloud Build without a private pool.
   * @default Cloud Build's smallest
   * @example "E2_HIGHCPU_8"
   */
  readonly machineType?: string;
  /**
   * Longest that one run takes, in seconds: 60 to 86400. A promotion that waits is in no run.
   * @default 3600
   */
  readonly runTimeout?: number;
  /**
   * How the runner reaches the Kubernetes cluster.
   * @default it reaches none, and deploys to what needs none: Argo CD, Cloud Run
   */
  readonly clusterAccess?: ClusterAccess | OptionalClusterAccess;
  /**
   * Address of the Argo CD server, for targets whose rules name none.
   * @example "argocd.shop.example"
   */
  readonly argocdServer?: string;
  /**
   * How people prove who they are.
   * @default { kind: "iam" }
   */
  readonly identity?: Identity;
  /**
   * Key of Cloud KMS, in full, that buckets, topics, the database, secrets and services are encrypted with. The service
   * agents of those services need `roles/cloudkms.cryptoKeyEncrypterDecrypter` on it beforehand.
   * @default Google's own keys
   */
  readonly encryptionKey?: string;
  /**
   * A rules file for everything, relative to where the app runs. It decides; what inputs say of the same is not asked.
   * One that extends others is given as `rules`.
   * @default rules are made of the inputs
   * @example "promotion/promotion-rules.yaml"
   */
  readonly rulesFile?: string;
  /**
   * The same as a document, such as `loadRules` reads with all that a file extends.
   * @default rules are made of the inputs
   */
  readonly rules?: RulesInput;
  /**
   * Who may open the UI, as IAM names them.
   * @default nobody but those whom the project lets in
   * @example ["group:sre@shop.example", "user:ana@shop.example"]
   */
  readonly viewers?: readonly string[];
  /**
   * Whether anybody may call the hooks service, as git hosts must: they have no identity of Google Cloud. `false` where the
   * organisation's policy forbids `allUsers`; whoever may call it is then let in with `hooks.grantInvoke`.
   * @default true
   */
  readonly publicHooks?: boolean;
  /** Names of what is there already and is used instead of being created. */
  readonly existing?: ExistingResources;
}

export interface ExistingResources {
  /** Topic of run requests, its name alone. */
  readonly runTopic?: string;
  /** Bucket that the audit archive is written to; its retention is its own. */
  readonly auditBucket?: string;
  /** Kubernetes namespace for what the promotion process has in the cluster. */
  readonly promotionNamespace?: string;
  /** Bucket of promotion artifacts. */
  readonly artifactBucket?: string;
  /** Topic of promotion events, its name alone. */
  readonly eventTopic?: string;
}

export const controlPlaneDefaults = {
  region: 'us-central1',
  runTimeout: 3600,
} as const;

/** Where `cloudbuild.yaml` puts the image. */
export function defaultImage(region: string, projectId: string): string {
  return `${region}-docker.pkg.dev/${projectId}/promotion-process/promotion-process:latest`;
}
