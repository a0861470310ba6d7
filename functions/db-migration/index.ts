import { http } from '@google-cloud/functions-framework';
import { PlatformAuthentication, TokenAuthentication } from './caller-authentication.ts';
import { systemClock } from './clock.ts';
import { SecretFolderConnections } from './connections.ts';
import { createHandler } from './handler.ts';
import { readSettings } from './settings.ts';

// The framework parses bodies before this function sees them, and Express shows stack traces unless told otherwise.
process.env['NODE_ENV'] ??= 'production';

const settings = readSettings(process.env);

http(
  'dbMigration',
  createHandler({
    authentication:
      settings.callerAuthentication === 'platform'
        ? new PlatformAuthentication()
        : new TokenAuthentication(settings.callerTokenFile),
    connections: new SecretFolderConnections(settings.databaseSecretsFolder),
    clock: systemClock,
    patience: {
      lockTimeoutMs: settings.lockTimeoutSeconds * 1000,
      budgetSeconds: settings.lockBudgetSeconds,
    },
    busyWaitSeconds: settings.busyWaitSeconds,
    readTimeoutSeconds: settings.readTimeoutSeconds,
    backupsFolder: settings.backupsFolder,
    log: (entry) => {
      process.stdout.write(`${JSON.stringify(entry)}\n`);
    },
  }),
);
