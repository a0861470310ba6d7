import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { localDatabaseFunction } from '../../../cli/compose/local-database-function.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { writeLocalRecord } from '../../../cli/compose/local-record.ts';

let root: string;
let folders: LocalFolders;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'promotion-function-'));
  folders = new LocalFolders(root);
  await mkdir(dirname(folders.callerToken), { recursive: true });
  await writeFile(folders.callerToken, 'token\n');
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('is found where local mode was started last, by a process that began before', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"answers":true,"connections":1,"slots":5}');
  }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const at = (url: string) => writeLocalRecord(folders, { rulesFile: 'r.yaml', functionUrl: url, pid: process.pid });
    const database = localDatabaseFunction(folders, { aheadSeconds: 0 });
    const look = () => database.health('shop-db', new AbortController().signal);
    await expect(look()).rejects.toMatchObject({ name: 'DatabaseFunctionAwayError' });
    await at(`http://127.0.0.1:${String(port)}`);
    await look().catch(() => undefined);
    expect(asked).toEqual(['Bearer token']);
  } finally {
    server.close();
  }
});
