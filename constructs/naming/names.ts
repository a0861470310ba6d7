import { Token } from 'cdktf';
import { hcl } from '../conditions/expression.ts';
import { boundedName } from './bounded-name.ts';

/** Longest names that the services take. */
export const nameLimits = {
  /** RFC 1123 label; https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
  kubernetesName: 63,
  /** 6 to 30; https://cloud.google.com/iam/docs/service-accounts-create */
  serviceAccountId: 30,
  /** https://cloud.google.com/storage/docs/buckets#naming */
  bucket: 63,
  /** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services/create */
  service: 49,
  /** Cloud Functions names its Cloud Run service alike. */
  function: 49,
  /** https://cloud.google.com/build/docs/api/reference/rest/v1/projects.triggers */
  trigger: 64,
  /** The connector library and IAM users know it; with the project at most 98. */
  databaseInstance: 66,
  /** Leaves room for what Pub/Sub and Scheduler put around it. */
  other: 120,
} as const;

/** Accounts, topics and instances must begin with a letter, and topics not with `goog`; namespaces need not. */
function beginning(name: string): string {
  if (Token.isUnresolved(name)) return hcl`replace(${name}, ${'/^(goog|[^a-z])/'}, ${'p-$1'})`.toString();
  return /^(goog|[^a-z])/.test(name) ? `p-${name}` : name;
}

/** Names of what an installation consists of; no part of them is random, so that people and other stacks find it. */
export class ControlPlaneNames {
  readonly installation: string;
  readonly projectId: string;

  /**
   * @param projectId the Google Cloud project, which buckets are named after since their names are the world's.
   * @param installation what everything begins with.
   */
  constructor(projectId: string, installation: string) {
    this.projectId = projectId;
    this.installation = beginning(installation);
  }

  /** Cloud Run service of a component. */
  service(component: 'ui' | 'worker' | 'hooks'): string {
    return this.#named(component, nameLimits.service);
  }

  get migrationFunction(): string {
    return this.#named('migration', nameLimits.function);
  }

  /** Account id of a component's service account: what stands before the `@`. */
  accountId(component: 'ui' | 'worker' | 'hooks' | 'runner' | 'migration' | 'builder' | 'caller'): string {
    return this.#named(component, nameLimits.serviceAccountId);
  }

  /** E-mail address of a component's service account. */
  accountEmail(component: Parameters<ControlPlaneNames['accountId']>[0]): string {
    return `${this.accountId(component)}@${this.projectId}.iam.gserviceaccount.com`;
  }

  get trigger(): string {
    return this.#named('run', nameLimits.trigger);
  }

  get runTopic(): string {
    return this.#named('runs', nameLimits.other);
  }

  get hooksTopic(): string {
    return this.#named('hooks', nameLimits.other);
  }

  get hooksDeadLetterTopic(): string {
    return this.#named('hooks-undelivered', nameLimits.other);
  }

  get tickJob(): string {
    return this.#named('tick', nameLimits.other);
  }

  get stateInstance(): string {
    return this.#named('state', nameLimits.databaseInstance);
  }

  get logBucket(): string {
    return this.#named('logs', nameLimits.other);
  }

  /** The archive of audit heads. */
  get auditBucket(): string {
    return this.#bucket('audit');
  }

  /** Rules and the function's source. */
  get suppliesBucket(): string {
    return this.#bucket('supplies');
  }

  /** What log-based metrics of this installation begin with. */
  metric(name: string): string {
    return `${this.installation}/${name}`;
  }

  /** Secret Manager's name of a secret that came as an ephemeral variable. */
  secret(name: string): string {
    return `${this.installation}-${name}`;
  }

  #named(part: string, limit: number): string {
    return boundedName(`${this.installation}-${part}`, limit);
  }

  #bucket(part: string): string {
    return boundedName(`${this.projectId}-${this.installation}-${part}`, nameLimits.bucket);
  }
}

/** Names of what one pair adds. */
export class PairNames {
  readonly pair: string;
  readonly projectId: string;

  /** @param pair `shop-staging-to-prod`: the source's namespace and the target. */
  constructor(projectId: string, pair: string) {
    this.projectId = projectId;
    this.pair = pair;
  }

  get promotionNamespace(): string {
    return boundedName(`${this.pair}-promotion`, nameLimits.kubernetesName);
  }

  /** Role and RoleBinding in the target's namespace. */
  get targetRole(): string {
    return boundedName(`${this.pair}-promotion`, nameLimits.kubernetesName);
  }

  get artifactBucket(): string {
    return boundedName(`${this.projectId}-${this.pair}-artifacts`, nameLimits.bucket);
  }

  get eventTopic(): string {
    return boundedName(`${beginning(this.pair)}-promotion-events`, nameLimits.other);
  }

  get deadLetterTopic(): string {
    return boundedName(`${beginning(this.pair)}-promotion-events-undelivered`, nameLimits.other);
  }

  get healthCheckJob(): string {
    return boundedName(`${beginning(this.pair)}-promotion-health-check`, nameLimits.other);
  }
}

/** `shop-staging` and `prod` → `shop-staging-to-prod`. */
export function pairName(kubernetesNamespace: string, targetEnvironment: string): string {
  return `${kubernetesNamespace}-to-${targetEnvironment}`;
}
