import { spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { controlPlane } from '../constructs/synthesise.ts';
import { freePort } from '../support/free-port.ts';
import { IapProxy, type Tampering } from '../support/iap-proxy.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { ServedUi } from '../support/served-ui.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const program = [join(project, 'cli/main.ts'), 'ui'];

let home: string;
let proxy: IapProxy;
let postgres: ScratchPostgres;
let databaseUrl: string;
let served: ServedUi;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ui-'));
  proxy = await IapProxy.start();
  postgres = await startScratchPostgres();
  databaseUrl = await postgres.createDatabase();
  const port = await freePort();
  const variables = { ...proxy.variables, DATABASE_URL: databaseUrl, PORT: String(port) };
  served = await ServedUi.of(start(variables), port);
});
afterAll(async () => {
  await served.end();
  await postgres.stop();
  await proxy.stop();
  await rm(home, { recursive: true, force: true });
});

/** As the image starts it: by its word, with the variables that it sets, and nothing of this machine's. */
function start(variables: Readonly<Record<string, string>>) {
  const image = { NODE_ENV: 'production', HOME: home, PROMOTION_HOME: home, PROMOTION_ADDRESS: '0.0.0.0' };
  return spawn(process.execPath, program, {
    cwd: project,
    env: { PATH: process.env['PATH'], ...image, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** As whoever runs the installation does it beside the UI. */
async function bindRole(person: string, role: string): Promise<void> {
  const bound = spawn(process.execPath, [join(project, 'cli/main.ts'), 'role', 'bind', person, role], {
    cwd: project,
    env: { PATH: process.env['PATH'], HOME: home, PROMOTION_HOME: home, DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  });
  expect(await once(bound, 'close')).toEqual([0, null]);
}

/** Asks again until it is answered so. @throws when that takes too long, with what was answered last. */
async function askUntil<Body>(path: string, person: string, isSo: (body: Body) => boolean): Promise<Body> {
  const since = performance.now();
  for (;;) {
    const answer = await served.ask(path, await proxy.headersOf(person));
    const text = await answer.text();
    if (answer.ok) {
      const body = JSON.parse(text) as Body;
      if (isSo(body)) return body;
    }
    if (performance.now() - since > 60_000) throw new Error(`${path} answers ${String(answer.status)}: ${text}`);
    await pause(200);
  }
}

/** What somebody is told who starts it where it cannot serve. */
async function refusal(variables: Readonly<Record<string, string>>) {
  const child = start(variables);
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await once(child, 'close');
  return { exitCode: child.exitCode, out, errors };
}

describe('the UI behind Identity-Aware Proxy', () => {
  it('answers the probes, and everybody with the pages', async () => {
    expect(await (await served.ask('/healthz')).json()).toEqual({ ok: true });
    expect(await (await served.ask('/readyz')).json()).toEqual({ ok: true });
    const page = await served.ask('/history', { Accept: 'text/html' });
    const html = await page.text();
    expect([page.status, html]).toEqual([200, expect.stringContaining('<div id="root">')]);
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(html) ?? [];
    expect((await served.ask(script)).headers.get('Content-Type')).toMatch(/javascript/);
  });

  it('knows whoever the proxy’s token names', async () => {
    const answer = await served.ask('/api/me', await proxy.headersOf('ana@shop.example'));
    expect(await answer.json()).toEqual({
      person: 'ana@shop.example',
      isVerified: true,
      roles: [],
      saidBy: null,
      signIn: 'iap',
    });
  });

  it.each<[string, Tampering | undefined]>([
    ['no token', undefined],
    ['a forged one', { isForged: true }],
    ['one of another issuer', { issuer: 'https://accounts.google.com' }],
    ['one for another service', { audience: '/projects/42/locations/europe-west1/services/other' }],
    ['one that is over', { endsInSeconds: -60 }],
  ])('lets nobody ask for anything with %s', async (_what, tampering) => {
    const headers = tampering === undefined ? {} : await proxy.headersOf('ana@shop.example', tampering);
    // What development mode goes by, and what nobody signs, are nothing here.
    const unsigned = { Cookie: 'promotion-person=ana', 'X-Goog-Authenticated-User-Email': 'ana@shop.example' };
    const answer = await served.ask('/api/me', { ...headers, ...unsigned });
    expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ code: 'not-signed-in' })]);
  });

  it('lets people do what their roles let them, and says what is missing to others', async () => {
    const span = { from: '2030-12-20T00:00:00Z', to: '2031-01-02T00:00:00Z' };
    const body = { name: 'year-end', environment: 'production', ...span, reason: 'the holidays' };
    const ana = await proxy.headersOf('ana@shop.example');
    expect((await served.command('/api/freezes', ana, body)).status).toBe(403);
    await bindRole('ana@shop.example', 'operator');
    const frozen = await served.command('/api/freezes', { ...ana, Origin: served.url }, body);
    expect([frozen.status, await frozen.text()]).toEqual([201, expect.stringContaining('the holidays')]);
    const fromElsewhere = await served.command('/api/freezes', { ...ana, Origin: 'https://evil.example' }, body);
    expect(fromElsewhere.status).toBe(403);
  });

  it('says whether the audit trail holds, gives its key, and removes what is old, each to whoever may', async () => {
    const [vera, adam, stranger] = ['vera@shop.example', 'adam@shop.example', 'stranger@shop.example'];
    await bindRole(vera, 'viewer');
    await bindRole(adam, 'admin');
    for (const path of ['/api/audit', '/api/audit/key', '/api/audit/entries', '/api/audit/export']) {
      expect([path, (await served.ask(path, await proxy.headersOf(stranger))).status]).toEqual([path, 403]);
    }

    const { verified } = await askUntil<{ readonly verified: { readonly entries: number } | null }>(
      '/api/audit',
      vera,
      (body) => body.verified !== null,
    );
    expect(verified).toMatchObject({ holds: true, findings: [], pruned: 0 });
    expect(verified?.entries).toBeGreaterThanOrEqual(2);
    // There is a key as soon as something is signed, which an export is.
    expect((await served.ask('/api/audit/key', await proxy.headersOf(vera))).status).toBe(404);
    const exported = await served.ask('/api/audit/export', await proxy.headersOf(vera));
    const lines = (await exported.text()).trimEnd().split('\n');
    const answer = await served.ask('/api/audit/key', await proxy.headersOf(vera));
    const { pem, keyId } = (await answer.json()) as { readonly pem: string; readonly keyId: string };
    expect(createPublicKey(pem).asymmetricKeyType).toBe('ed25519');
    expect([exported.status, lines.at(-1)]).toEqual([200, expect.stringContaining(keyId)]);

    const prune = async (person: string, body: object) => {
      const pruned = await served.command('/api/audit/prune', await proxy.headersOf(person), body);
      return [pruned.status, await pruned.json()];
    };
    expect(await prune(vera, { chainsOlderThanDays: 3650 })).toEqual([
      403,
      expect.objectContaining({ code: 'not-authorized' }),
    ]);
    expect(await prune(adam, { chainsOlderThanDays: 1, isDryRun: false })).toEqual([
      409,
      expect.objectContaining({ detail: expect.stringContaining('the rules keep the audit trail for') }),
    ]);
    expect(await prune(adam, {})).toEqual([400, expect.objectContaining({ code: 'invalid-request' })]);
    const nothing = { chains: [], kept: 0, logs: null };
    expect(await prune(adam, { chainsOlderThanDays: 3650 })).toEqual([200, { isRemoved: false, ...nothing }]);
    expect(await prune(adam, { chainsOlderThanDays: 3650, isDryRun: false })).toEqual([
      200,
      { isRemoved: true, ...nothing },
    ]);
  });

  it('ends when it is told to, also while somebody follows what changes, and its log is JSON without a secret', async () => {
    const port = await freePort();
    const variables = { ...proxy.variables, DATABASE_URL: databaseUrl, PORT: String(port) };
    const another = await ServedUi.of(start(variables), port);
    const headers = await proxy.headersOf('ana@shop.example');
    const stream = await another.ask('/api/stream', headers);
    const followed = stream.text();
    expect(await another.end()).toEqual({ exitCode: 0, seconds: expect.any(Number) });
    expect(await followed).not.toContain('not-signed-in');
    expect(another.log).toEqual([
      {
        severity: 'INFO',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        message: 'the UI answers',
        url: `http://0.0.0.0:${String(port)}`,
        identity: 'iap',
        version: expect.any(String),
        hasPages: true,
      },
      expect.objectContaining({ severity: 'INFO', signal: 'SIGTERM' }),
    ]);
    expect(another.errors).toBe('');
    const secrets = [postgres.password, ...Object.values(headers)];
    expect(secrets.filter((secret) => another.written.includes(secret))).toEqual([]);
  });
});

describe('the UI in the image', () => {
  it('refuses to answer to others than itself where nobody proves who he is', async () => {
    const { exitCode, out, errors } = await refusal({ DATABASE_URL: databaseUrl });
    expect([exitCode, errors]).toEqual([
      1,
      expect.stringMatching(/nobody proves who he is here, so 0\.0\.0\.0 is no address[^]*set PROMOTION_IDENTITY/),
    ]);
    expect(JSON.parse(out)).toMatchObject({ severity: 'CRITICAL', message: 'the UI cannot be served' });
  });

  it('says that its database does not answer, and never its password', async () => {
    const url = databaseUrl.replace(/:\d+\//, ':1/');
    const { exitCode, out, errors } = await refusal({ ...proxy.variables, DATABASE_URL: url });
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('127.0.0.1:1 does not answer (ECONNREFUSED)')]);
    expect(out + errors).not.toContain(postgres.password);
  });

  it('refuses a port that is none', async () => {
    const { exitCode, errors } = await refusal({ ...proxy.variables, DATABASE_URL: databaseUrl, PORT: 'http' });
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('PORT is "http", and no port')]);
  });

  it('names everything that the construct gives it and that it cannot reach, before it opens anything', async () => {
    const plane = controlPlane({ identity: { kind: 'iap', audience: proxy.audience } });
    const service = plane.one('google_cloud_run_v2_service', 'ui') as {
      readonly template: {
        readonly containers: readonly [{ readonly env: readonly { readonly name: string; readonly value: string }[] }];
      };
    };
    const [container] = service.template.containers;
    const given = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
    expect(given).toMatchObject({ PROMOTION_IDENTITY: 'iap', PROMOTION_IDENTITY_AUDIENCE: proxy.audience });
    const { exitCode, errors } = await refusal({ ...given, PORT: '8080' });
    expect(exitCode).toBe(1);
    const named = [...errors.matchAll(/^ {2}(PROMOTION_\w+): /gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual([
      'PROMOTION_ARTIFACT_BUCKETS',
      'PROMOTION_AUDIT_BUCKET',
      'PROMOTION_RULES',
      'PROMOTION_RUN_TOPIC',
      'PROMOTION_STATE_INSTANCE',
    ]);
    expect(errors).toContain('  PROMOTION_STATE_INSTANCE: a state database in Cloud SQL\n');
  });
});
