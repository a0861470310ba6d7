import { dirname, resolve } from 'node:path';
import { OciLayoutRegistry } from '../../engine/artifacts/oci-layout-registry.ts';
import { FolderPublicKeys } from '../../engine/artifacts/signatures/folder-public-keys.ts';
import type { ConfigurationRepository } from '../../engine/configuration/configuration-repository.ts';
import type { DatabaseFunction } from '../../engine/database/database-function.ts';
import { LocalDeploymentTarget } from '../../engine/deployment/local/local-deployment-target.ts';
import { FileFlagStore } from '../../engine/flags/file-flag-store.ts';
import { HttpHealthProbe } from '../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../engine/outbound/http-call.ts';
import { LocalSecretNames } from '../../engine/secrets/local-secret-names.ts';
import { GitSourceHistory } from '../../engine/source/git-source-history.ts';
import { RuleChannelReach } from '../../engine/notifications/rule-channel-reach.ts';
import { LocalMetricsSource } from '../../engine/metrics/local/local-metrics-source.ts';
import { FolderDocumentStore } from '../../engine/storage/folder-document-store.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { localActions } from './local-actions.ts';
import { openConfiguration } from './local-configuration.ts';
import { RulesFile } from './current-rules.ts';
import { secretFromEnvironment } from './local-secret.ts';
import type { LocalFolders } from './local-folders.ts';

/**
 * The adapters of one machine.
 * @param database the database-migration function, as it is reached from here.
 * @param rulesFile in whose folder the commands of the rules run.
 */
export function localPorts(folders: LocalFolders, database: DatabaseFunction, rulesFile: string): Ports {
  const rules = new RulesFile(rulesFile);
  const repositories = new Map<string, ConfigurationRepository>();
  const artifacts = new OciLayoutRegistry(folders.root);
  const caller = new HttpCaller(localOutboundPolicy);
  return {
    artifacts,
    configuration(repository) {
      const known = repositories.get(repository);
      if (known !== undefined) return known;
      const opened = openConfiguration(folders, repository, () => readable(rules));
      repositories.set(repository, opened);
      return opened;
    },
    database,
    deployment: new LocalDeploymentTarget(folders.deployments),
    flags: new FileFlagStore(folders.flags),
    secrets: new LocalSecretNames(folders.deployments),
    publicKeys: new FolderPublicKeys([dirname(resolve(rulesFile)), folders.root]),
    probe: new HttpHealthProbe(caller),
    actions: localActions(folders, artifacts, caller, dirname(resolve(rulesFile))),
    source: new GitSourceHistory({ cacheFolder: folders.sourceCache }),
    metrics: new LocalMetricsSource(folders.deployments),
    channels: new RuleChannelReach({
      folder: folders.root,
      http: caller,
      secret: secretFromEnvironment,
      notifications: async () => (await new RulesFile(rulesFile).current()).notifications,
    }),
    documents: new FolderDocumentStore(folders.documents),
  };
}

/** Rules that cannot be read name no secret; whoever needs them is told so elsewhere. */
async function readable(rules: RulesFile): Promise<Rules | undefined> {
  return rules.current().catch(() => undefined);
}
