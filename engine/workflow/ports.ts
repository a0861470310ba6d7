import type { ActionRunner } from '../actions/action-runner.ts';
import type { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import type { PublicKeySource } from '../artifacts/signatures/public-key-source.ts';
import type { ConfigurationRepository } from '../configuration/configuration-repository.ts';
import type { DatabaseFunction } from '../database/database-function.ts';
import type { DeploymentTarget } from '../deployment/deployment-target.ts';
import type { FlagStore } from '../flags/flag-store.ts';
import type { HealthProbe } from '../metrics/health-probe.ts';
import type { ChannelReach } from '../notifications/channel-reach.ts';
import type { SourceHistory } from '../source/source-history.ts';
import type { MetricsSource } from '../metrics/metrics-source.ts';
import type { SecretNames } from '../secrets/secret-names.ts';
import type { DocumentStore } from '../storage/document-store.ts';

/** The world outside, as steps see it; local mode and the cloud give other adapters. */
export interface Ports {
  readonly artifacts: ArtifactRegistry;
  /** The repository of an environment's configuration, by the address that the rules name. */
  configuration(repository: string): ConfigurationRepository;
  readonly database: DatabaseFunction;
  readonly deployment: DeploymentTarget;
  readonly flags: FlagStore;
  readonly secrets: SecretNames;
  /** Keys that the signatures of images are verified with. */
  readonly publicKeys: PublicKeySource;
  readonly probe: HealthProbe;
  /** Commands, containers and HTTP calls that the rules bring along. */
  readonly actions: ActionRunner;
  readonly source: SourceHistory;
  readonly metrics: MetricsSource;
  /** Those who are told of promotions, as far as it matters whether they can be. */
  readonly channels: ChannelReach;
  /** Backups and reports: documents written once, under the fence. */
  readonly documents: DocumentStore;
}
