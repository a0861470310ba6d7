import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member/index.js';
import { CloudbuildTrigger } from '@cdktf/provider-google/lib/cloudbuild-trigger/index.js';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member/index.js';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { runSubstitutions } from '../../engine/contract/run-request.ts';
import { imageCommands, runtimeVariables } from '../../engine/contract/runtime-variables.ts';
import { both, either, not, type Condition } from '../conditions/condition.ts';
import { optionalBlock } from '../conditions/optional-block.ts';
import { nullIfEmpty, optionalTexts } from '../conditions/optional-texts.ts';
import { onlyIf } from '../conditions/part-if.ts';
import { registryRepository } from '../naming/registry-repository.ts';
import { ComponentAccount } from './component-account.ts';
import { reachOf } from './cluster-reach.ts';
import { controlPlaneDefaults } from './control-plane-options.ts';
import type { PlaneSettings } from './plane-settings.ts';
import type { StoredSecret } from './secret-store.ts';
import type { Topic } from './topic.ts';
import { waitFor } from './wait-for.ts';

/**
 * Executes promotions: a Cloud Build run for each message on the run topic. Whoever may publish there may ask for a
 * run; nobody but Cloud Build itself may start a build, since that would be to act as the runner.
 */
export class Runner extends Construct {
  readonly account: ComponentAccount;
  readonly trigger: CloudbuildTrigger;
  readonly #secrets = new Map<string, StoredSecret>();
  readonly #variables = new Map<string, { readonly value: string; readonly isThere: Condition }>();

  constructor(scope: Construct, id: string, settings: PlaneSettings, runTopic: Topic) {
    super(scope, id);
    const { names, projectId, region, options } = settings;
    this.account = new ComponentAccount(this, 'runner', settings, 'runner');
    new ProjectIamMember(this, 'log-writer', {
      project: projectId,
      role: 'roles/logging.logWriter',
      member: this.account.member,
    });
    // Service levels and alerts are a project's.
    new ProjectIamMember(this, 'monitoring-viewer', {
      project: projectId,
      role: 'roles/monitoring.viewer',
      member: this.account.member,
    });
    const imageAccess = this.#grantImage(settings.image);
    this.#grantClusterAccess(settings);
    this.trigger = new CloudbuildTrigger(this, 'trigger', {
      project: projectId,
      location: region,
      name: names.trigger,
      description: 'Executes a promotion until it ends or waits',
      serviceAccount: this.account.account.id,
      // Google's provider refuses a trigger that nothing triggers.
      pubsubConfig: { topic: runTopic.fullName },
      substitutions: { ...runSubstitutions },
      approvalConfig: { approvalRequired: false },
      buildAttribute: {
        timeout: `${String(options.runTimeout ?? controlPlaneDefaults.runTimeout)}s`,
        queueTtl: '3600s',
        step: [
          {
            name: settings.image,
            args: [imageCommands.runner],
            // Ids are values of variables and never words of a shell.
            env: Lazy.listValue({ produce: () => this.#environment() }),
            secretEnv: Lazy.listValue({ produce: () => this.#secretVariables() }, { omitEmpty: true }),
          },
        ],
        options: {
          logging: 'CLOUD_LOGGING_ONLY',
          ...(options.workerPool === undefined ? {} : { workerPool: options.workerPool }),
          ...(options.machineType === undefined || options.workerPool !== undefined
            ? {}
            : { machineType: options.machineType }),
        },
      },
    });
    if (imageAccess !== undefined) waitFor(this.trigger, imageAccess);
  }

  /** Cloud Build pulls the image of a step as the account of the run. */
  #grantImage(image: string): ArtifactRegistryRepositoryIamMember | undefined {
    const found = registryRepository(image);
    if (found === undefined) return undefined;
    const grant = new ArtifactRegistryRepositoryIamMember(this, 'image-reader', {
      ...found.place,
      role: 'roles/artifactregistry.reader',
      member: this.account.member,
    });
    return onlyIf(grant, found.isThere);
  }

  /** Adds variables to every run, where a condition holds. */
  addVariables(variables: Readonly<Record<string, string>>, isThere: Condition = true): void {
    for (const [name, value] of Object.entries(variables)) this.#variables.set(name, { value, isThere });
  }

  /** Gives every run a secret as an environment variable. */
  addSecret(variable: string, secret: StoredSecret): void {
    this.#secrets.set(variable, secret);
    if (secret.isGiven === true) {
      this.trigger.buildAttribute.putAvailableSecrets({
        secretManager: [...this.#secrets].map(([env, { versionName }]) => ({ env, versionName })),
      });
    } else {
      this.trigger.addOverride('build.available_secrets', Lazy.anyValue({ produce: () => this.#optionalSecrets() }));
    }
    secret.grantRead('runner', this.account.member);
  }

  #environment(): string[] {
    const variables = [...this.#variables].map(([name, { value, isThere }]) => [`${name}=${value}`, isThere] as const);
    return optionalTexts([
      ...variables,
      [`${runtimeVariables.promotionId}=$_PROMOTION_ID`, true],
      [`${runtimeVariables.dispatchId}=$_DISPATCH_ID`, true],
    ]);
  }

  #secretVariables(): string[] {
    return nullIfEmpty(optionalTexts([...this.#secrets].map(([variable, { isGiven }]) => [variable, isGiven])));
  }

  /** As Terraform spells it, since a value that is produced late is not translated. */
  #optionalSecrets(): unknown {
    const secrets = [...this.#secrets];
    const secret_manager = secrets.flatMap(([env, { versionName, isGiven }]) =>
      optionalBlock(isGiven, { env, version_name: versionName }),
    );
    const isAny = secrets.map(([, { isGiven }]) => isGiven).reduce(either);
    return optionalBlock(isAny, { secret_manager })[0];
  }

  /** Kubernetes itself says what the runner may do in which namespace. */
  #grantClusterAccess({ projectId, options }: PlaneSettings): void {
    const { isThere, isByGateway } = reachOf(options.clusterAccess);
    for (const [role, isNeeded] of [
      ['roles/gkehub.gatewayEditor', isByGateway],
      ['roles/gkehub.viewer', isByGateway],
      ['roles/container.clusterViewer', both(isThere, not(isByGateway))],
    ] as const) {
      if (isNeeded === false) continue;
      const id = role.slice(role.lastIndexOf('.') + 1);
      onlyIf(new ProjectIamMember(this, id, { project: projectId, role, member: this.account.member }), isNeeded);
    }
  }
}
