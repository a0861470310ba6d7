import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { describeEmbeddedPostgres } from '../../../../engine/store/embedded/describe-embedded-postgres.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../../../engine/store/embedded/embedded-postgres.ts';
import { findFreePort } from '../../../../engine/store/embedded/free-port.ts';
import { findNativeFolder, openBinaries } from '../../../../engine/store/embedded/postgres-binaries.ts';
import { findServerAccount } from '../../../../engine/store/embedded/server-account.ts';
import { startServer } from '../../../../engine/store/embedded/start-server.ts';
import { ScratchServers } from './scratch-servers.ts';

jest.setTimeout(60_000);

const servers = new ScratchServers();

afterEach(async () => {
  await servers.end();
});

async function requestFor(directory: string) {
  const { dataDirectory, logFile } = await ensureEmbeddedPostgres({ directory });
  return {
    binaries: await openBinaries(findNativeFolder()),
    account: await findServerAccount(),
    base: directory,
    dataDirectory,
    logFile,
    preferredPort: undefined,
    findPort: findFreePort,
  };
}

describe('starting a server', () => {
  it('takes another port when somebody takes the free one just before', async () => {
    const directory = await servers.folder();
    const request = await requestFor(directory);
    await stopEmbeddedPostgres({ directory });
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
    let asked = 0;
    try {
      const findPort: typeof findFreePort = async (host, preferred) => {
        asked += 1;
        return asked < 3 ? taken : await findFreePort(host, preferred);
      };
      await expect(startServer({ ...request, findPort })).resolves.toBe('started');
      expect(asked).toBe(3);
      const { server } = await describeEmbeddedPostgres({ directory });
      expect(server).toMatchObject({ kind: 'running' });
      expect(server).not.toMatchObject({ port: taken });
    } finally {
      listener.close();
    }
  });

  it('tells that somebody else started one on the same data, and leaves that one alone', async () => {
    const directory = await servers.folder();
    const request = await requestFor(directory);
    const before = await describeEmbeddedPostgres({ directory });
    await expect(startServer(request)).resolves.toBe('raced');
    await expect(describeEmbeddedPostgres({ directory })).resolves.toEqual(before);
  });
});
