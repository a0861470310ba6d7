import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Condition, Decidable } from './conditions/condition.ts';
import { partIf } from './conditions/part-if.ts';
import type { InputProblem } from '../engine/rules/rules-from-inputs.ts';
import { checkControlPlane } from './control-plane/check-control-plane.ts';
import { reachOf } from './control-plane/cluster-reach.ts';
import { controlPlaneDefaults, defaultImage, type ControlPlaneOptions } from './control-plane/control-plane-options.ts';
import { viewByNames, type ControlPlaneAddress, type ControlPlaneView } from './control-plane/control-plane-view.ts';
import { findFunctionSource, sourceKnownLate, type FunctionSource } from './control-plane/function-source.ts';
import { letIn, setUpIdentity } from './control-plane/identity.ts';
import { ImageService } from './control-plane/image-service.ts';
import { InstallationAlerts } from './control-plane/installation-alerts.ts';
import { LogMetrics } from './control-plane/log-metrics.ts';
import { LogStore } from './control-plane/log-store.ts';
import { MigrationFunction } from './control-plane/migration-function.ts';
import { PlaneRules } from './control-plane/plane-rules.ts';
import type { PlaneSettings } from './control-plane/plane-settings.ts';
import { PrivateBucket } from './control-plane/private-bucket.ts';
import { ProjectServices } from './control-plane/project-services.ts';
import { RulesObject } from './control-plane/rules-object.ts';
import { Runner } from './control-plane/runner.ts';
import { StoredSecret } from './control-plane/secret-store.ts';
import { StateDatabase } from './control-plane/state-database.ts';
import { tellVariables, type PairRegistration } from './control-plane/tell-variables.ts';
import { Topic } from './control-plane/topic.ts';
import { WorkerCalls } from './control-plane/worker-calls.ts';
import { renderProblems } from './inputs/claims.ts';
import type { DocumentedProps } from './inputs/documented-props.ts';
import { readSecret, type SecretInput } from './inputs/secret-input.ts';
import { ControlPlaneNames } from './naming/names.ts';
import { packageFolder } from './package-folder.ts';

/** Those documented inputs that are about an installation rather than about one pair. */
type InstallationInputs = Pick<
  DocumentedProps,
  | 'gcpProjectId'
  | 'notificationChannels'
  | 'dbMigrationFunctionSource'
  | 'enablePromotionLogs'
  | 'promotionLogsRetentionDays'
  | 'enablePromotionMetrics'
  | 'enablePromotionAudit'
  | 'promotionAuditRetentionDays'
>;

export interface PromotionControlPlaneProps extends InstallationInputs, ControlPlaneOptions {
  /**
   * What the names of all resources begin with.
   * @default "promotion"
   */
  readonly name?: string;
  /**
   * Connections of databases by the name that rules give the database; pairs of the same app add theirs themselves.
   * @default {}
   */
  readonly databaseConnections?: Readonly<Record<string, SecretInput>>;
  /**
   * Secrets that rules name, by that name, for pairs that another app deploys: the runs of promotions get them as
   * environment variables.
   * @default {}
   * @example { FEATURE_FLAG_API_KEY: "projects/shop-prod/secrets/flagsmith-api-key" }
   */
  readonly runnerSecrets?: Readonly<Record<string, SecretInput>>;
}

/**
 * One installation: the state database, the UI, the worker, the hooks service, the runner, the migration function, the
 * run topic and the audit archive. One serves any number of pairs.
 */
export class PromotionControlPlane extends Construct implements ControlPlaneAddress {
  readonly names: ControlPlaneNames;
  readonly projectId: string;
  readonly region: string;
  readonly projectServices: ProjectServices;
  readonly stateDatabase: StateDatabase;
  /** Rules and the function's source. */
  readonly supplies: PrivateBucket;
  readonly rules: PlaneRules;
  readonly rulesObject: RulesObject;
  /** Absent when the audit archive is off, or the bucket was there already. */
  readonly auditBucket: PrivateBucket | undefined;
  readonly runTopic: Topic;
  readonly hooksTopic: Topic;
  readonly ui: ImageService;
  readonly worker: ImageService;
  readonly hooks: ImageService;
  readonly runner: Runner;
  readonly migrationFunction: MigrationFunction;
  readonly workerCalls: WorkerCalls;
  /** Absent when logs are not collected. */
  readonly logStore: LogStore | undefined;
  /** Absent when metrics are off. */
  readonly metrics: LogMetrics | undefined;
  readonly alerts: InstallationAlerts;
  readonly #settings: PlaneSettings;
  readonly #pairs: PairRegistration[] = [];
  readonly #secrets = new Map<string, { readonly given: SecretInput; readonly stored: StoredSecret }>();
  readonly #conflicts: string[] = [];

  /** @param check says what is wrong with the props; a pair that brings its own installation does that itself. */
  constructor(
    scope: Construct,
    id: string,
    props: Decidable<PromotionControlPlaneProps>,
    check: (props: Decidable<PromotionControlPlaneProps>) => readonly InputProblem[] = checkControlPlane,
  ) {
    super(scope, id);
    const settings = settingsOf(props);
    this.#settings = settings;
    this.names = settings.names;
    this.projectId = settings.projectId;
    this.region = settings.region;

    this.projectServices = new ProjectServices(this, 'services', settings.projectId);
    this.supplies = new PrivateBucket(this, 'supplies', settings, {
      name: settings.names.suppliesBucket,
      oldVersionDays: 90,
      forceDestroy: true,
    });
    this.rules = new PlaneRules(props.rulesFile, props.rules);
    this.rulesObject = new RulesObject(this, 'rules', this.supplies, () => this.rules.text, 'json');
    this.auditBucket = this.#createAuditBucket(props);
    this.stateDatabase = new StateDatabase(this, 'state', settings);
    this.runTopic = new Topic(this, 'run-topic', settings, settings.names.runTopic, props.existing?.runTopic);
    this.hooksTopic = new Topic(this, 'hooks-topic', settings, settings.names.hooksTopic);

    this.ui = new ImageService(this, 'ui', settings, {
      component: 'ui',
      isReachable: true,
      mostInstances: 10,
      // Live pages hold a request open.
      requestSeconds: 3600,
      memory: '1Gi',
    });
    this.worker = new ImageService(this, 'worker', settings, {
      component: 'worker',
      isReachable: false,
      mostInstances: 3,
      requestSeconds: 300,
      memory: '512Mi',
    });
    this.hooks = new ImageService(this, 'hooks', settings, {
      component: 'hooks',
      isReachable: true,
      mostInstances: 3,
      requestSeconds: 30,
      memory: '512Mi',
    });
    this.runner = new Runner(this, 'runner', settings, this.runTopic);
    this.migrationFunction = new MigrationFunction(this, 'migration', settings, this.supplies, sourceOf(props));
    const { projectNumber } = this.supplies;
    this.workerCalls = new WorkerCalls(this, 'worker-calls', settings, this.worker, this.hooksTopic, projectNumber);
    const { promotionLogsRetentionDays = 30 } = props;
    this.logStore = partIf(
      props.enablePromotionLogs ?? true,
      () => new LogStore(this, 'logs', settings, promotionLogsRetentionDays, this.runner.trigger.triggerId),
    );
    this.metrics = partIf(props.enablePromotionMetrics ?? true, () => new LogMetrics(this, 'metrics', settings));
    this.alerts = new InstallationAlerts(this, 'alerts', settings, props.notificationChannels ?? []);

    this.#grant();
    const auditBucket = {
      name: this.auditBucket?.name ?? props.existing?.auditBucket,
      isOn: props.enablePromotionAudit ?? true,
    };
    tellVariables(this, props, auditBucket, () => this.#pairs);
    setUpIdentity(this, settings, this.ui, props.identity ?? { kind: 'iam' }, projectNumber);
    letIn(this, settings, this.ui, props.viewers ?? []);
    // A git host has no identity of Google to prove; what it sends is proven by its signature.
    partIf(props.publicHooks ?? true, () => this.hooks.grantInvoke('anybody', 'allUsers'));
    for (const [database, connection] of Object.entries(props.databaseConnections ?? {})) {
      this.connectDatabase(database, connection);
    }
    for (const [variable, secret] of Object.entries(props.runnerSecrets ?? {})) this.addRunnerSecret(variable, secret);
    this.#orderServices();
    this.node.addValidation({ validate: () => this.#problems(check(props)) });
  }

  /**
   * An installation that another app deploys, for pairs that join it.
   * @param name what it was called. Default: `promotion`.
   * @param region Default: `us-central1`.
   */
  static named(
    gcpProjectId: string,
    name = 'promotion',
    region: string = controlPlaneDefaults.region,
  ): ControlPlaneAddress {
    return { names: new ControlPlaneNames(gcpProjectId, name), projectId: gcpProjectId, region };
  }

  /** What of it a pair refers to. @param projectNumber digits, for pairs in another stack. */
  viewFrom(pair: Construct, projectNumber: string): ControlPlaneView {
    if (TerraformStack.of(pair) !== TerraformStack.of(this)) return viewByNames(this, projectNumber);
    return {
      uiUrl: this.ui.url,
      workerUrl: this.worker.url,
      migrationFunctionUrl: this.migrationFunction.url,
      triggerId: this.runner.trigger.id,
      runnerEmail: this.runner.account.email,
      uiEmail: this.ui.account.email,
      workerEmail: this.worker.account.email,
      callerEmail: this.workerCalls.account.email,
    };
  }

  /** Whether the runner has been given a way to a Kubernetes cluster. */
  get reachesCluster(): Condition {
    return reachOf(this.#settings.options.clusterAccess).isThere;
  }

  /** Adds a pair: its rules, and where its events and artifacts go. */
  addPair(pair: PairRegistration): void {
    this.#pairs.push(pair);
    this.rules.add(pair.rules);
  }

  /**
   * Lets the function reach a database.
   * @param database its name in the rules: lower-case letters, digits and hyphens.
   */
  connectDatabase(database: string, connection: SecretInput): StoredSecret {
    // A construct's id is known at synth, also where the name is not.
    const id = Token.isUnresolved(database) ? `of-pair-${String(this.#secrets.size + 1)}` : database;
    return this.#storeOnce(`connection-${id}`, `connection-${database}`, connection, (secret) => {
      this.migrationFunction.addConnection(database, secret);
    });
  }

  /**
   * Gives the runs of promotions a secret as an environment variable.
   * @param variable which the rules name: `FEATURE_FLAG_API_KEY`.
   * @param isNeeded whether the rules need it.
   */
  addRunnerSecret(variable: string, given: SecretInput, isNeeded: Condition = true): StoredSecret {
    const id = `runner-${variable.toLowerCase().replaceAll('_', '-')}`;
    const use = (secret: StoredSecret): void => {
      this.runner.addSecret(variable, secret);
    };
    return this.#storeOnce(id, id, given, use, isNeeded);
  }

  /** Pairs that share an environment bring its secrets each; they must be the same. */
  #storeOnce(
    id: string,
    name: string,
    given: SecretInput,
    use: (secret: StoredSecret) => void,
    isNeeded: Condition = true,
  ): StoredSecret {
    const known = this.#secrets.get(id);
    if (known !== undefined) {
      if (!sameSecret(known.given, given)) {
        this.#conflicts.push(`${this.node.path}: ${id} is given as two different secrets; give all pairs the same`);
      }
      return known.stored;
    }
    const stored = new StoredSecret(this, id, this.#settings, this.names.secret(name), given, isNeeded);
    this.projectServices.neededBy(stored, 'secretmanager');
    this.#secrets.set(id, { given, stored });
    use(stored);
    return stored;
  }

  /**
   * Lets an identity ask for runs by publishing to the run topic. It gets no role of Cloud Build.
   * @param id name of the grant, once in this installation.
   * @param member as IAM names it.
   */
  grantRequestRuns(id: string, member: string): void {
    this.runTopic.grantPublish(id, member);
  }

  /** Lets an identity open the UI and call its API. */
  grantOpenUi(id: string, member: string): void {
    this.ui.grantInvoke(id, member);
  }

  #createAuditBucket(props: Decidable<PromotionControlPlaneProps>): PrivateBucket | undefined {
    if (props.existing?.auditBucket !== undefined) return undefined;
    return partIf(
      props.enablePromotionAudit ?? true,
      () =>
        new PrivateBucket(this, 'audit', this.#settings, {
          name: this.names.auditBucket,
          retentionDays: props.promotionAuditRetentionDays ?? 365,
          forceDestroy: false,
        }),
    );
  }

  #grant(): void {
    for (const component of [this.ui.account, this.worker.account, this.runner.account]) {
      this.stateDatabase.grantConnect(component);
    }
    for (const [id, { member }] of [
      ['ui', this.ui.account],
      ['worker', this.worker.account],
      ['runner', this.runner.account],
    ] as const) {
      this.supplies.grant(id, 'roles/storage.objectViewer', member);
    }
    this.runTopic.grantPublish('ui', this.ui.account.member);
    this.runTopic.grantPublish('worker', this.worker.account.member);
    this.hooksTopic.grantPublish('hooks', this.hooks.account.member);
    this.migrationFunction.grantInvoke('runner', this.runner.account.member);
    // Heads are added, never changed; reading them back is how a chain is verified.
    for (const [id, { member }] of [
      ['worker', this.worker.account],
      ['runner', this.runner.account],
    ] as const) {
      this.auditBucket?.grant(id, 'roles/storage.objectCreator', member);
    }
    this.auditBucket?.grant('ui', 'roles/storage.objectViewer', this.ui.account.member);
  }

  #orderServices(): void {
    const services = this.projectServices;
    services.neededBy(this.supplies, 'storage');
    services.neededBy(this.stateDatabase, 'sqladmin');
    services.neededBy(this.runTopic, 'pubsub');
    services.neededBy(this.hooksTopic, 'pubsub');
    services.neededBy(this.runner, 'cloudbuild', 'iam');
    services.neededBy(this.migrationFunction, 'cloudfunctions', 'cloudbuild', 'run', 'artifactregistry', 'iam');
    services.neededBy(this.workerCalls, 'cloudscheduler', 'pubsub', 'iam');
    for (const service of [this.ui, this.worker, this.hooks]) services.neededBy(service, 'run', 'iam');
    if (this.auditBucket !== undefined) services.neededBy(this.auditBucket, 'storage');
    if (this.metrics !== undefined) services.neededBy(this.metrics, 'logging');
    services.neededBy(this.alerts, 'monitoring', 'logging');
    if (this.logStore !== undefined) services.neededBy(this.logStore, 'logging');
  }

  #problems(problems: readonly InputProblem[]): string[] {
    const told = problems.length === 0 ? [] : [renderProblems(this.node.path, problems)];
    return [...told, ...this.rules.problems.map((problem) => `${this.node.path}: ${problem}`), ...this.#conflicts];
  }
}

function settingsOf(props: Decidable<PromotionControlPlaneProps>): PlaneSettings {
  const region = props.region ?? controlPlaneDefaults.region;
  return {
    names: new ControlPlaneNames(props.gcpProjectId, props.name ?? 'promotion'),
    projectId: props.gcpProjectId,
    region,
    labels: props.labels ?? {},
    deletionProtection: props.deletionProtection ?? true,
    encryptionKey: props.encryptionKey,
    image: props.image ?? defaultImage(region, props.gcpProjectId),
    options: props,
  };
}

/** When there is none, this very file stands in: the problem is told at synth, with all others. */
function sourceOf({
  dbMigrationFunctionSource,
}: Pick<PromotionControlPlaneProps, 'dbMigrationFunctionSource'>): FunctionSource {
  if (dbMigrationFunctionSource !== undefined && Token.isUnresolved(dbMigrationFunctionSource))
    return sourceKnownLate(dbMigrationFunctionSource);
  const found = findFunctionSource(
    dbMigrationFunctionSource ?? 'functions/db_migration.zip',
    process.cwd(),
    packageFolder,
  );
  return found.ok ? found.source : { path: packageFolder + 'package.json', sha256: '0'.repeat(64) };
}

function sameSecret(one: SecretInput, other: SecretInput): boolean {
  const [first, second] = [readSecret(one), readSecret(other)];
  const isMade = (each: typeof first): boolean => each !== undefined && !('secret' in each);
  if (isMade(first) || isMade(second)) return first === second;
  return JSON.stringify(first) === JSON.stringify(second);
}
