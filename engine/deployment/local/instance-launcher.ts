import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigurationFile } from './configuration-values.ts';
import {
  readEnvironmentSettings,
  readEnvironmentVariables,
  type EnvironmentVariables,
} from './environment-settings.ts';
import { loopbackHost, type LoopbackPorts } from './loopback-ports.ts';
import { ProcessOutput } from './process-output.ts';
import type { ProcessRegister } from './process-register.ts';
import { redactionOf } from './secret-redaction.ts';
import { serviceCommand } from './service-command.ts';
import { ServiceLog } from './service-log.ts';
import { ServiceProcess } from './service-process.ts';
import type { UnpackedImage } from './unpacked-image.ts';

/** One service of a release with the configuration it runs on. */
export interface RevisionDescription {
  readonly service: string;
  readonly repository: string;
  readonly digest: string;
  readonly release: string;
  readonly configurationCommit: string;
  readonly configuration: ConfigurationFile;
}

/** Brings an image's files to this machine. @throws when it cannot */
export type OpenImage = (repository: string, digest: string, signal: AbortSignal) => Promise<UnpackedImage>;

/** Starts processes of one environment's services. */
export class InstanceLauncher {
  readonly #folder: string;
  readonly #openImage: OpenImage;
  readonly #ports: LoopbackPorts;
  readonly #register: ProcessRegister;
  readonly #logs = new Map<string, ServiceLog>();

  constructor(folder: string, openImage: OpenImage, ports: LoopbackPorts, register: ProcessRegister) {
    this.#folder = folder;
    this.#openImage = openImage;
    this.#ports = ports;
    this.#register = register;
  }

  /** Brings an image here, so that what cannot be brought is known before anything is switched. @throws when it cannot */
  async prepare(repository: string, digest: string, signal: AbortSignal): Promise<void> {
    serviceCommand(await this.#openImage(repository, digest, signal));
  }

  /** @throws when the image cannot be brought, or names nothing that could be started. */
  async launch(revision: RevisionDescription, signal: AbortSignal): Promise<ServiceProcess> {
    const image = await this.#openImage(revision.repository, revision.digest, signal);
    const command = serviceCommand(image);
    const { flagsFile } = await readEnvironmentSettings(this.#folder);
    const variables = await readEnvironmentVariables(this.#folder);
    const port = await this.#ports.take();
    const token = randomUUID();
    await this.#register.add({ token, service: revision.service });
    const process = ServiceProcess.start(
      {
        token,
        port,
        executable: command.executable,
        arguments: command.arguments,
        workingDirectory: command.workingDirectory,
        environment: serviceEnvironment(revision, image, { variables, flagsFile, port }),
      },
      new ProcessOutput(this.#logOf(revision.service), redactionOf(variables)),
    );
    this.#forgetAfterExit(process);
    try {
      if (process.pid !== undefined) await this.#register.add({ token, service: revision.service, pid: process.pid });
    } catch (error) {
      await process.stop(0);
      throw error;
    }
    return process;
  }

  #forgetAfterExit(process: ServiceProcess): void {
    const forget = async (): Promise<void> => {
      await process.exited;
      this.#ports.release(process.port);
      await this.#register.remove(process.token);
    };
    // A register that cannot be written keeps a token that no process carries any more, which harms nothing.
    forget().catch(() => undefined);
  }

  #logOf(service: string): ServiceLog {
    const known = this.#logs.get(service);
    if (known !== undefined) return known;
    const log = new ServiceLog(join(this.#folder, 'logs', `${service}.log`));
    this.#logs.set(service, log);
    return log;
  }
}

/** Nothing of the platform's own environment gets through: services see the same on every machine. */
function serviceEnvironment(
  revision: RevisionDescription,
  image: UnpackedImage,
  place: { readonly variables: EnvironmentVariables; readonly flagsFile: string; readonly port: number },
): EnvironmentVariables {
  const { PATH: _meansNothingHere, ...ofImage } = image.environment;
  return {
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TMPDIR: tmpdir(),
    NODE_ENV: 'production',
    ...ofImage,
    ...place.variables,
    HOST: loopbackHost,
    PORT: String(place.port),
    RELEASE: revision.release,
    CONFIG_FILE: revision.configuration.path,
    FLAGS_FILE: place.flagsFile,
  };
}
