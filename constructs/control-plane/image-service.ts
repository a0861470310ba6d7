import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service/index.js';
import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member/index.js';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member/index.js';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { imageCommands, SERVICE_PORT } from '../../engine/contract/runtime-variables.ts';
import { servicePaths } from '../../engine/contract/service-paths.ts';
import type { Condition } from '../conditions/condition.ts';
import { optionalBlock } from '../conditions/optional-block.ts';
import { ComponentAccount } from './component-account.ts';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';
import type { StoredSecret } from './secret-store.ts';
import { waitFor } from './wait-for.ts';

export interface ImageServiceProps {
  readonly component: 'ui' | 'worker' | 'hooks';
  /** Whether anybody on the internet may reach it; IAM still decides who may call it. */
  readonly isReachable: boolean;
  /** Most instances. */
  readonly mostInstances: number;
  /** Longest that a request takes, in seconds. */
  readonly requestSeconds: number;
  readonly memory: string;
}

/** One Cloud Run service of the image: which program it is, its word says. */
export class ImageService extends Construct {
  readonly account: ComponentAccount;
  readonly service: CloudRunV2Service;
  readonly #variables = new Map<string, { readonly value: string; readonly isThere: Condition }>();
  readonly #secrets = new Map<string, StoredSecret>();
  readonly #settings: PlaneSettings;

  constructor(scope: Construct, id: string, settings: PlaneSettings, props: ImageServiceProps) {
    super(scope, id);
    this.#settings = settings;
    const { names, projectId, region, options, encryptionKey } = settings;
    const { component } = props;
    this.account = new ComponentAccount(this, component, settings, component);
    new ProjectIamMember(this, 'log-writer', {
      project: projectId,
      role: 'roles/logging.logWriter',
      member: this.account.member,
    });
    this.service = new CloudRunV2Service(this, 'service', {
      project: projectId,
      location: region,
      name: names.service(component),
      ingress: props.isReachable ? 'INGRESS_TRAFFIC_ALL' : 'INGRESS_TRAFFIC_INTERNAL_ONLY',
      deletionProtection: settings.deletionProtection,
      ...labelsOf(settings),
      template: {
        serviceAccount: this.account.email,
        timeout: `${String(props.requestSeconds)}s`,
        maxInstanceRequestConcurrency: 80,
        ...(encryptionKey === undefined ? {} : { encryptionKey }),
        scaling: { minInstanceCount: 0, maxInstanceCount: props.mostInstances },
        ...(options.network === undefined
          ? {}
          : {
              vpcAccess: {
                egress: 'PRIVATE_RANGES_ONLY',
                networkInterfaces: [{ network: options.network.network, subnetwork: options.network.subnetwork }],
              },
            }),
        containers: [
          {
            image: settings.image,
            args: [imageCommands[component]],
            ports: { containerPort: SERVICE_PORT },
            env: Lazy.anyValue({ produce: () => this.#environment() }),
            resources: { limits: { cpu: '1', memory: props.memory }, cpuIdle: true, startupCpuBoost: true },
            startupProbe: {
              httpGet: { path: servicePaths.readiness, port: SERVICE_PORT },
              periodSeconds: 5,
              timeoutSeconds: 5,
              failureThreshold: 24,
            },
            livenessProbe: {
              httpGet: { path: servicePaths.liveness, port: SERVICE_PORT },
              periodSeconds: 30,
              timeoutSeconds: 5,
              failureThreshold: 3,
            },
          },
        ],
      },
    });
  }

  /** Where it is reached. */
  get url(): string {
    return this.service.uri;
  }

  /** Adds environment variables to the container, where a condition holds. */
  addVariables(variables: Readonly<Record<string, string>>, isThere: Condition = true): void {
    for (const [name, value] of Object.entries(variables)) this.#variables.set(name, { value, isThere });
  }

  /** Gives the container a secret as an environment variable. */
  addSecret(variable: string, secret: StoredSecret): void {
    this.#secrets.set(variable, secret);
    waitFor(this.service, secret.grantRead(this.account.node.id, this.account.member));
  }

  /**
   * Lets an identity call the service.
   * @param id name of the grant, once in this service.
   * @param member as IAM names it: `group:sre@shop.example`.
   */
  grantInvoke(id: string, member: string): CloudRunV2ServiceIamMember {
    return new CloudRunV2ServiceIamMember(this, `${id}-invoker`, {
      project: this.#settings.projectId,
      location: this.#settings.region,
      name: this.service.name,
      role: 'roles/run.invoker',
      member,
    });
  }

  /** As Terraform spells it, since a value that is produced late is not translated. By name: the provider keeps them as a set, and a reader finds them sorted. */
  #environment(): readonly unknown[] {
    const variables = [...this.#variables].map(([name, { value, isThere }]) => ({ name, isThere, block: { value } }));
    const secrets = [...this.#secrets].map(([name, { mountable, isGiven }]) => ({
      name,
      isThere: isGiven,
      block: {
        value_source: {
          secret_key_ref: {
            secret: `projects/${mountable.project}/secrets/${mountable.secret}`,
            version: mountable.version,
          },
        },
      },
    }));
    return [...variables, ...secrets]
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap(({ name, isThere, block }) => optionalBlock(isThere, { name, ...block }));
  }
}
