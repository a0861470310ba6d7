import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makePassableFolder } from '../../engine/store/embedded/make-passable-folder.ts';
import { keepPrivate } from './keep-private.ts';

/** Where local mode keeps everything: one folder, which can be deleted as a whole. */
export class LocalFolders {
  readonly root: string;

  /** @param root default: `PROMOTION_HOME`, else `.promotion` in the working directory. */
  constructor(root = process.env['PROMOTION_HOME'] ?? '.promotion') {
    this.root = resolve(root);
  }

  readonly in = (...parts: readonly string[]): string => join(this.root, ...parts);

  /**
   * Nobody else may look into it, nor into what a former version left open below.
   * @param holdsServer whether the embedded server lies in it, whose user must pass through. Default: unless
   *   `DATABASE_URL` names another.
   */
  async make(holdsServer = process.env['DATABASE_URL'] === undefined): Promise<void> {
    if (holdsServer) await makePassableFolder(this.root);
    else await mkdir(this.root, { recursive: true, mode: 0o700 });
    // By name, never whatever is there: somebody may have chosen a folder that holds other things as well.
    for (const path of this.#own()) await keepPrivate(path);
  }

  /** What is made directly below the root, but for the server's folder, which its user passes through. */
  #own(): readonly string[] {
    return [
      this.record,
      this.clock,
      this.log,
      this.serverLog,
      this.deployments,
      this.flags,
      this.documents,
      this.databaseBackups,
      this.in('secrets'),
      this.in('audit'),
      this.notifications,
      this.gitCache,
      this.configuration,
      this.source,
      this.in('registries'),
    ];
  }

  get postgres(): string {
    return this.in('postgres');
  }
  get record(): string {
    return this.in('local.json');
  }
  /** How far the installation's clock was moved; not there until somebody moves it. */
  get clock(): string {
    return this.in('clock.json');
  }
  get log(): string {
    return this.in('promote.log');
  }
  /** What the UI's server writes down, as JSON lines. */
  get serverLog(): string {
    return this.in('server.log');
  }
  get deployments(): string {
    return this.in('deployments');
  }
  get flags(): string {
    return this.in('flags');
  }
  get documents(): string {
    return this.in('documents');
  }
  get databaseBackups(): string {
    return this.in('database-backups');
  }
  get databaseSecrets(): string {
    return this.in('secrets', 'databases');
  }
  get callerToken(): string {
    return this.in('secrets', 'caller-token');
  }
  /** Signs the tokens that the sample application's APIs accept in an environment. */
  jwtSecret(environment: string): string {
    return this.in('secrets', `jwt-${environment}`);
  }
  /** Signs the images that the sample's build makes. */
  get signingKey(): string {
    return this.in('secrets', 'build-signing-key.pem');
  }
  /** Its public half, by the path that the sample's rules name. */
  get buildPublicKey(): string {
    return this.in('keys', 'build.pub');
  }
  get auditHeads(): string {
    return this.in('audit', 'heads');
  }
  get auditKey(): string {
    return this.in('audit', 'key.pem');
  }
  get notifications(): string {
    return this.in('notifications.jsonl');
  }
  get gitCache(): string {
    return this.in('git-cache');
  }
  get sourceCache(): string {
    return this.in('source-cache');
  }
  /** The bare repository that the rules call `configuration`. */
  get configuration(): string {
    return this.in('configuration.git');
  }
  /** The bare repository with the sample's sources, a commit for each of its releases. */
  get source(): string {
    return this.in('source.git');
  }
}
