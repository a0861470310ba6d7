import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { LocalFolders } from './local-folders.ts';

/** Source beside source; compiled beside compiled. */
const serverFile = path.join(
  import.meta.dirname,
  `../../functions/db-migration/serve${path.extname(import.meta.filename)}`,
);

const listeningSchema = z.looseObject({ message: z.literal('listening'), port: z.int().positive() });

export interface LocalFunction {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/**
 * Starts the database-migration function as its own process, with the secrets that it alone may read.
 * @param atPort where it answers. Default: a free one.
 */
export async function startLocalFunction(folders: LocalFolders, atPort = 0): Promise<LocalFunction> {
  const child = spawn(process.execPath, [serverFile], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(atPort),
      NODE_ENV: 'production',
      PROMOTION_CALLER_TOKEN_FILE: folders.callerToken,
      DATABASE_SECRETS_DIR: folders.databaseSecrets,
      BACKUPS_DIR: folders.databaseBackups,
    },
  });
  const port = await listeningPort(child);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    process: child,
    stop: () => stopChild(child),
  };
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the database-migration function ended with code ${String(code)} before it listened`));
    });
    if (child.stdout === null) throw new Error('the function has no output to read its port from');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = listeningSchema.safeParse(tryParse(line));
      if (parsed.success) resolve(parsed.data.port);
    });
  });
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
