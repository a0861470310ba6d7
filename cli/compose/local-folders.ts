import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where local mode keeps everything: one folder, which can be deleted as a whole. */
export class LocalFolders {
  readonly root: string;

  /** @param root default: `PROMOTION_HOME`, else `.promotion` in the working directory. */
  constructor(root = process.env['PROMOTION_HOME'] ?? '.promotion') {
    this.root = resolve(root);
  }

  readonly in = (...parts: readonly string[]): string => join(this.root, ...parts);

  /** Others may pass through, not look: as root, Postgres runs as another user and its data lie below. */
  async make(): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  }

  get postgres(): string {
    return this.in('postgres');
  }
  get record(): string {
    return this.in('local.json');
  }
  get log(): string {
    return this.in('promote.log');
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
}
