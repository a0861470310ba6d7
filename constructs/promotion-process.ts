import { Annotations, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member/index.js';
import { DataGoogleProject } from '@cdktf/provider-google/lib/data-google-project/index.js';
import { flagApiKeySecret } from '../engine/rules/rules-from-inputs.ts';
import { viewByNames, type ControlPlaneAddress } from './control-plane/control-plane-view.ts';
import { both, isEmpty, not, type Decidable } from './conditions/condition.ts';
import { onlyIf, partIf } from './conditions/part-if.ts';
import { eventWriters } from './control-plane/event-writers.ts';
import { PrivateBucket } from './control-plane/private-bucket.ts';
import { documentedWarnings } from './inputs/check-documented.ts';
import { renderProblems } from './inputs/claims.ts';
import { effectiveInputs, type EffectiveInputs } from './inputs/effective-inputs.ts';
import { promotesFlags, rulesOfInputs, type RulesOfInputs } from './inputs/rules-of-inputs.ts';
import { rulesText } from './inputs/rules-text.ts';
import { isGiven } from './inputs/secret-input.ts';
import { pairName, PairNames } from './naming/names.ts';
import { registryRepository } from './naming/registry-repository.ts';
import { PromotionOutputs } from './outputs.ts';
import { EventAlerts, FailureAlerts, toldByMonitoring } from './pair/alerts.ts';
import { checkPair } from './pair/check-pair.ts';
import { clusterWarnings } from './pair/cluster-warning.ts';
import { PairDashboard } from './pair/dashboard.ts';
import { EventNotifications } from './pair/event-notifications.ts';
import { HealthCheck } from './pair/health-check.ts';
import type { PairSettings } from './pair/pair-settings.ts';
import { PairValues } from './pair/pair-values.ts';
import { PromotionNamespace } from './pair/promotion-namespace.ts';
import { TargetAccess } from './pair/target-access.ts';
import { targetOfInputs } from './pair/target-of-inputs.ts';
import { PromotionControlPlane } from './promotion-control-plane.ts';
import type { PromotionProcessProps } from './promotion-process-props.ts';

/** Inputs that nothing is provisioned from: where rules are given, those say it, and are judged by their own checks. */
const rulesDecide: readonly string[] = ['artifactRegistry', 'configRepository', 'domainName', 'targetDomainName'];

type OwnRules = Extract<RulesOfInputs, { ok: true }>;

/**
 * Everything that moves releases from one environment to the next: an installation, unless the pair joins one, and what
 * is the pair's own. The seven inputs without a default suffice.
 *
 * @example
 * new PromotionProcess(this, 'shop-staging-to-prod', {
 *   environment: 'staging',
 *   targetEnvironment: 'prod',
 *   kubernetesNamespace: 'shop-staging',
 *   domainName: 'staging.shop.example',
 *   artifactRegistry: 'ghcr.io/shop',
 *   configRepository: 'https://github.com/shop/config.git',
 *   gcpProjectId: 'shop-prod',
 * });
 */
export class PromotionProcess extends Construct {
  /** The installation, the pair's own or the one that it joined. */
  readonly controlPlane: ControlPlaneAddress;
  /** Absent when the bucket was there already. */
  readonly artifactBucket: PrivateBucket | undefined;
  readonly promotionNamespace: PromotionNamespace;
  readonly targetAccess: TargetAccess;
  /** The same for other applications that the rules deploy into the target. */
  readonly otherTargetAccess: readonly TargetAccess[];
  /** Absent when notifications are off. */
  readonly notifications: EventNotifications | undefined;
  readonly healthCheck: HealthCheck;
  /** Absent when metrics are off. */
  readonly dashboard: PairDashboard | undefined;
  readonly failureAlerts: FailureAlerts;
  /** Absent when notifications are off, or there is no channel of Cloud Monitoring for them. */
  readonly eventAlerts: EventAlerts | undefined;
  /** What the documented outputs tell, as properties. */
  readonly values: PairValues;
  readonly outputs: PromotionOutputs;
  readonly #inputs: EffectiveInputs;
  readonly #names: PairNames;
  readonly #targetNamespace: string;
  readonly #props: Decidable<PromotionProcessProps>;

  constructor(scope: Construct, id: string, props: Decidable<PromotionProcessProps>) {
    super(scope, id);
    const inputs = effectiveInputs(props);
    const names = new PairNames(inputs.gcpProjectId, pairName(inputs.kubernetesNamespace, inputs.targetEnvironment));
    this.#inputs = inputs;
    this.#names = names;
    this.#props = props;

    const plane = props.controlPlane ?? this.#createControlPlane(names.pair);
    this.controlPlane = plane;
    const planeHere = plane instanceof PromotionControlPlane ? plane : undefined;
    const givenRules = planeHere?.rules.areGiven === true ? planeHere.rules.document : undefined;
    const target = targetOfInputs(props, givenRules);
    this.#targetNamespace = target.namespace;
    const ofInputs = rulesOfInputs(inputs, target);
    const ownRules = ofInputs.ok ? ofInputs : undefined;

    this.artifactBucket = this.#createArtifactBucket(names);
    const projectNumber = this.artifactBucket?.projectNumber ?? this.#projectNumberOf(planeHere);
    const settings: PairSettings = {
      names,
      inputs,
      projectId: inputs.gcpProjectId,
      region: plane.region,
      labels: props.labels ?? {},
      encryptionKey: props.encryptionKey,
      plane: planeHere?.viewFrom(this, projectNumber) ?? viewByNames(plane, projectNumber),
      targetNamespace: target.namespace,
      isTargetArgoCd: target.isArgoCd,
    };
    const lines = {
      services: eventWriters(plane.names),
      path: { from: inputs.environment, to: inputs.targetEnvironment },
    };
    const config = planeHere?.rulesObject.text ?? rulesText(ownRules?.document ?? {});

    this.#grantArtifacts(settings);
    this.#grantRegistry(settings);
    this.promotionNamespace = new PromotionNamespace(
      this,
      'namespace',
      settings,
      config,
      props.existing?.promotionNamespace,
    );
    this.targetAccess = new TargetAccess(this, 'target-access', settings);
    this.otherTargetAccess = target.otherNamespaces.map(
      (namespace) => new TargetAccess(this, `target-access-${namespace}`, settings, namespace),
    );
    this.notifications = partIf(
      inputs.enablePromotionNotifications,
      () => new EventNotifications(this, 'notifications', settings, projectNumber, props.existing?.eventTopic),
    );
    this.healthCheck = new HealthCheck(this, 'health-check', settings);
    this.dashboard = partIf(
      inputs.enablePromotionMetrics,
      () => new PairDashboard(this, 'metrics', settings, plane.names, lines),
    );
    this.failureAlerts = new FailureAlerts(this, 'failure-alerts', settings, lines);
    this.eventAlerts = partIf(
      both(inputs.enablePromotionNotifications, not(isEmpty(toldByMonitoring(inputs)))),
      () => new EventAlerts(this, 'event-alerts', settings, lines),
    );
    this.values = new PairValues(this, settings, planeHere, config);
    this.outputs = new PromotionOutputs(this, 'outputs', this.values.documented());

    if (planeHere !== undefined) this.#join(planeHere, names, ownRules);
    // Rules that are given decide about approvals, flags and canary, and say themselves what is odd about them.
    const warnings = givenRules === undefined ? documentedWarnings(props) : [];
    const ofCluster = clusterWarnings(planeHere, givenRules ?? ownRules?.document, inputs.targetEnvironment);
    for (const warning of [...warnings, ...ofCluster]) Annotations.of(this).addWarning(warning);
    this.node.addValidation({
      validate: () => {
        const deployed =
          props.controlPlane === undefined ? 'with the pair' : planeHere === undefined ? 'elsewhere' : 'in this app';
        const problems = checkPair(this, props, target.claims, deployed).filter(
          ({ input }) => givenRules === undefined || !rulesDecide.includes(input),
        );
        // What the rules refuse beyond the checks; as a rule, both say the same.
        const ofRules = ofInputs.ok || problems.length > 0 ? [] : ofInputs.problems;
        const all = [...problems, ...ofRules];
        return [...(all.length === 0 ? [] : [renderProblems(this.node.path, all)]), ...this.#rivals()];
      },
    });
  }

  /** Bucket of promotion artifacts, by name. */
  get artifactBucketName(): string {
    return this.artifactBucket?.name ?? this.#props.existing?.artifactBucket ?? '';
  }

  /**
   * Lets an identity ask for promotions' runs, as a CI job does.
   * @param id name of the grant, once in this installation.
   * @param member as IAM names it: `serviceAccount:ci@shop-prod.iam.gserviceaccount.com`.
   */
  grantRequestRuns(id: string, member: string): void {
    this.#ownPlane('grantRequestRuns').grantRequestRuns(id, member);
  }

  /** Lets an identity open the UI and call its API. */
  grantOpenUi(id: string, member: string): void {
    this.#ownPlane('grantOpenUi').grantOpenUi(id, member);
  }

  /** Lets an identity read this pair's promotion events from the subscription. */
  grantConsumeEvents(id: string, member: string): void {
    if (this.notifications === undefined) {
      throw new Error(`${this.node.path}: notifications are off; set enablePromotionNotifications`);
    }
    this.notifications.grantConsume(id, member);
  }

  /** Lets an identity read what promotions left in the bucket of artifacts. */
  grantReadArtifacts(id: string, member: string): void {
    if (this.artifactBucket === undefined) {
      throw new Error(`${this.node.path}: the bucket is not this stack’s; grant it where it is made`);
    }
    this.artifactBucket.grant(id, 'roles/storage.objectViewer', member);
  }

  #createControlPlane(name: string): PromotionControlPlane {
    const inputs = this.#inputs;
    const props = { ...this.#props, name, notificationChannels: inputs.notificationChannels };
    return new PromotionControlPlane(this, 'control-plane', props, () => []);
  }

  #createArtifactBucket(names: PairNames): PrivateBucket | undefined {
    if (this.#props.existing?.artifactBucket !== undefined) return undefined;
    const { labels = {}, encryptionKey, deletionProtection = true } = this.#props;
    return new PrivateBucket(
      this,
      'artifacts',
      { projectId: this.#inputs.gcpProjectId, region: this.controlPlane.region, labels, encryptionKey },
      { name: names.artifactBucket, oldVersionDays: 30, forceDestroy: not(deletionProtection) },
    );
  }

  /** A bucket of this stack tells it without anything being read while planning; only where there is none, it is read. */
  #projectNumberOf(plane: PromotionControlPlane | undefined): string {
    if (plane !== undefined && TerraformStack.of(plane) === TerraformStack.of(this))
      return plane.supplies.projectNumber;
    return new DataGoogleProject(this, 'project', { projectId: this.#inputs.gcpProjectId }).number;
  }

  #grantArtifacts({ plane }: PairSettings): void {
    for (const [id, role, email] of [
      ['runner', 'roles/storage.objectUser', plane.runnerEmail],
      ['worker', 'roles/storage.objectUser', plane.workerEmail],
      // It shows what promotions left.
      ['ui', 'roles/storage.objectViewer', plane.uiEmail],
    ] as const) {
      this.artifactBucket?.grant(id, role, `serviceAccount:${email}`);
    }
  }

  /** Images of releases are tagged and copied where they are; registries elsewhere have logins of their own. */
  #grantRegistry({ plane }: PairSettings): void {
    const found = registryRepository(this.#inputs.artifactRegistry);
    if (found === undefined) return;
    const grant = new ArtifactRegistryRepositoryIamMember(this, 'registry-writer', {
      ...found.place,
      role: 'roles/artifactregistry.writer',
      member: `serviceAccount:${plane.runnerEmail}`,
    });
    onlyIf(grant, found.isThere);
  }

  /** Tells an installation of this app what it must know of the pair. Names alone: stacks refer to no other. */
  #join(plane: PromotionControlPlane, names: PairNames, rules: OwnRules | undefined): void {
    const { environment, targetEnvironment, sourceDbConnection, targetDbConnection, gcpProjectId } = this.#inputs;
    const { existing } = this.#props;
    plane.addPair({
      path: `${environment}-to-${targetEnvironment}`,
      rules: rules?.document,
      eventTopic: `projects/${gcpProjectId}/topics/${existing?.eventTopic ?? names.eventTopic}`,
      tellsEvents: this.#inputs.enablePromotionNotifications,
      artifactBucket: existing?.artifactBucket ?? names.artifactBucket,
    });
    for (const [name, connection] of [
      [plane.rules.databaseOf(environment, rules?.whole), sourceDbConnection],
      [plane.rules.databaseOf(targetEnvironment, rules?.whole), targetDbConnection],
    ] as const) {
      if (name !== undefined && isGiven(connection) !== false) plane.connectDatabase(name, connection);
    }
    if (both(promotesFlags(this.#inputs), isGiven(this.#inputs.featureFlagApiKey)) !== false) {
      plane.addRunnerSecret(flagApiKeySecret, this.#inputs.featureFlagApiKey, promotesFlags(this.#inputs));
    }
  }

  #ownPlane(method: string): PromotionControlPlane {
    if (this.controlPlane instanceof PromotionControlPlane) return this.controlPlane;
    throw new Error(`${this.node.path}: call ${method} on the control plane, in the app that deploys it`);
  }

  /** Other pairs of the app that this one cannot be beside. */
  #rivals(): readonly string[] {
    return this.node.root.node
      .findAll()
      .filter((each): each is PromotionProcess => each instanceof PromotionProcess && each !== this)
      .filter((other) => other.#inputs.gcpProjectId === this.#inputs.gcpProjectId)
      .flatMap((other) => {
        if (other.#names.pair === this.#names.pair) {
          return `${this.node.path}: its resources have the same names as those of ${other.node.path}; give one of the two another kubernetesNamespace, targetEnvironment or gcpProjectId`;
        }
        return this.#decidesBeside(other)
          ? `${this.node.path}: it leads into ${this.#targetNamespace} as ${other.node.path} does, by another control plane; give both the same controlPlane`
          : [];
      });
  }

  /** State that decides who may run must be in one place. */
  #decidesBeside(other: PromotionProcess): boolean {
    return (
      other.#inputs.targetEnvironment === this.#inputs.targetEnvironment &&
      other.#targetNamespace === this.#targetNamespace &&
      other.controlPlane.names.installation !== this.controlPlane.names.installation
    );
  }
}
