import type { ActionRunner } from '../../engine/actions/action-runner.ts';
import { ActionRunners } from '../../engine/actions/action-runners.ts';
import { CommandRunner } from '../../engine/actions/command-runner.ts';
import { UnpackedContainerRunner } from '../../engine/actions/container-runner.ts';
import { HttpActionRunner } from '../../engine/actions/http-action-runner.ts';
import type { ArtifactRegistry } from '../../engine/artifacts/artifact-registry.ts';
import { unpackImage } from '../../engine/artifacts/unpack-image.ts';
import type { HttpCaller } from '../../engine/outbound/http-call.ts';
import { EnvironmentSecrets } from '../../engine/secrets/environment-secrets.ts';
import type { LocalFolders } from './local-folders.ts';

/** Runs the actions of the rules on one machine. @param rulesFolder in which commands run. */
export function localActions(
  folders: LocalFolders,
  artifacts: ArtifactRegistry,
  caller: HttpCaller,
  rulesFolder: string,
): ActionRunner {
  const secrets = new EnvironmentSecrets(process.env);
  const command = new CommandRunner({ folder: rulesFolder, secrets, path: process.env['PATH'] ?? '' });
  const container = new UnpackedContainerRunner({
    artifacts,
    unpackImage: (request) => unpackImage({ ...request, registryRoot: folders.root }),
    imagesFolder: folders.in('action-images'),
    secrets,
  });
  return new ActionRunners(command, container, new HttpActionRunner(caller, secrets));
}
