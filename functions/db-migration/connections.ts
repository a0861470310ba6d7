import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { databaseNameSchema } from '../../engine/contract/database-function-api.ts';
import { FunctionError } from './function-error.ts';

/** Opens sessions to databases that are known by name only. */
export interface Connections {
  /** @throws FunctionError `unknown-database`, `connection-failed`; neither holds anything of the credentials. */
  connect(database: string): Promise<pg.Client>;
}

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Reads the connection URL of database `x` from the file `x` of a folder of mounted secrets, or from `x/url` where each
 * secret is mounted as a folder, as Cloud Functions does it; each time anew so that a
 * rotated password works at once. What the URL says is never repeated: an ill-formed URL puts parts of the password
 * where a driver expects a host or a database, so of a failure only its code is told.
 */
export class SecretFolderConnections implements Connections {
  readonly #folder: string | undefined;

  /** @param folder the value of DATABASE_SECRETS_DIR */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  async connect(database: string): Promise<pg.Client> {
    const connectionString = await this.#readUrl(database);
    let client: pg.Client | undefined;
    try {
      client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true });
      // A connection that breaks while idle is noticed by the next query; without a listener it would end the process.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    } catch (error) {
      await client?.end().catch(() => undefined);
      throw new FunctionError(
        'connection-failed',
        `Database "${database}" could not be reached (${codeOf(error)}). Check that it runs and that its secret is right.`,
        error instanceof pg.DatabaseError && error.code !== undefined ? { sqlState: error.code } : {},
      );
    }
  }

  async #readUrl(database: string): Promise<string> {
    if (this.#folder === undefined || this.#folder === '') {
      throw new FunctionError(
        'not-configured',
        'DATABASE_SECRETS_DIR is not set; it names the folder that holds one connection URL per database.',
      );
    }
    const name = databaseNameSchema.parse(database);
    const text = await this.#readSecret(path.join(this.#folder, name)).catch((error: unknown) => {
      throw new FunctionError(
        'unknown-database',
        `There is no secret for database "${name}" (${codeOf(error)}). Mount its connection URL as the file ${name} in DATABASE_SECRETS_DIR.`,
      );
    });
    const url = text.trim();
    if (!isConnectionUrl(url)) {
      throw new FunctionError(
        'connection-failed',
        `The secret of database "${name}" is not a connection URL. It must read postgres://user:password@host:port/database, with special characters percent-encoded.`,
      );
    }
    return url;
  }

  async #readSecret(place: string): Promise<string> {
    const isFolder = (await stat(place)).isDirectory();
    return readFile(isFolder ? path.join(place, 'url') : place, 'utf8');
  }
}

function isConnectionUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') return false;
  return /^\/[^/@]+$/.test(url.pathname) && url.hash === '';
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error) {
    if ('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]+$/.test(error.code)) return error.code;
    if (/timeout/i.test(error.message)) return 'timeout';
  }
  return 'refused';
}
