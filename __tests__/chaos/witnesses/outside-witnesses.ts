import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { readDeploymentLog } from '../../../engine/deployment/local/deployment-log.ts';
import { stampsIn } from '../installation/installation.ts';
import type { EffectCounts } from './effect-counts.ts';
import { FileReplacements } from './file-replacements.ts';
import { countMoves } from './git-reflogs.ts';
import { countSchemaChanges } from './schema-changes.ts';

/** What bears witness of one application's effects; nothing of it asks the engine, except for names of promotions. */
export class OutsideWitnesses {
  readonly #folders: LocalFolders;
  readonly #environment: string;
  readonly #client: Client;
  readonly #imageIndex: FileReplacements;
  readonly #flags: FileReplacements;
  readonly #promotions = new Set<string>();

  /** @param client a superuser's session in the application's database. */
  constructor(folders: LocalFolders, environment: string, client: Client) {
    this.#folders = folders;
    this.#environment = environment;
    this.#client = client;
    this.#imageIndex = new FileReplacements(folders.in('registries', environment, 'web', 'index.json'));
    this.#flags = new FileReplacements(join(folders.flags, environment, 'flags.json'));
  }

  /** From now on what is kept under this promotion's name counts as this application's. */
  follow(promotionId: string): void {
    this.#promotions.add(promotionId);
  }

  /** Since the application was set up. */
  async counts(): Promise<EffectCounts> {
    const { configuration, documents, databaseBackups, deployments } = this.#folders;
    const imageIndex = await this.#imageIndex.counts();
    const flags = await this.#flags.counts();
    const log = await readDeploymentLog(join(deployments, this.#environment));
    return {
      branchMoves: await countMoves(configuration, 'refs/heads', (ref) => ref === this.#environment),
      proposals: await countMoves(configuration, 'refs/promotions', (ref) =>
        this.#isFollowed(ref.replace(/-undo(?:-[0-9a-f]{12})?$/, '')),
      ),
      imageIndexReplacements: imageIndex.replacements,
      flagReplacements: flags.replacements,
      schemaChanges: await countSchemaChanges(this.#client),
      deployments: log.filter(({ event }) => event === 'accepted').length,
      databaseBackups: (await namesIn(databaseBackups)).filter((name) => this.#isBackup(name)).length,
      backupDocuments: await this.#documents(join(documents, 'backups')),
      reportDocuments: await this.#documents(join(documents, 'reports')),
      stamps: await this.#stamps(),
      editsInPlace: imageIndex.editsInPlace + flags.editsInPlace,
    };
  }

  close(): void {
    this.#imageIndex.close();
    this.#flags.close();
  }

  /** Named after the database and the key that it was taken under. */
  #isBackup(name: string): boolean {
    return name.startsWith(`${this.#environment}-`) && /^[0-9a-f]{32}$/.test(name.slice(this.#environment.length + 1));
  }

  #isFollowed(promotionId: string): boolean {
    return this.#promotions.has(promotionId);
  }

  /** Keys, each with the purpose that it was used for. */
  async #stamps(): Promise<number> {
    const texts = await Promise.all(
      [...this.#promotions].map((id) => readFile(join(stampsIn(this.#folders), id), 'utf8').catch(() => '')),
    );
    return new Set(texts.flatMap((text) => text.split('\n')).filter((line) => line !== '')).size;
  }

  /** Every application has a folder there, and in it one for each of its environments. */
  async #documents(root: string): Promise<number> {
    const places = (await namesIn(root)).map((application) => join(root, application, this.#environment));
    return (await Promise.all(places.map((place) => this.#documentsIn(place)))).reduce((sum, each) => sum + each, 0);
  }

  async #documentsIn(root: string): Promise<number> {
    const folders = (await namesIn(root)).filter((name) => this.#isFollowed(name));
    const contents = await Promise.all(folders.map((name) => namesIn(join(root, name))));
    return contents.flat().filter((name) => !name.startsWith('.')).length;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
