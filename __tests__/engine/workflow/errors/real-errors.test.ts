import { jest } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { chmod, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import https from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { classifyError } from '../../../../engine/workflow/errors/classify-error.ts';
import { freePort } from '../../../support/free-port.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

/** The error that an action really ends with on this machine. */
async function thrownBy(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}

let folder: string;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'real-errors-'));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) {
    await stop();
  }
  await rm(folder, { recursive: true, force: true });
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

describe('the network', () => {
  it('nobody listens', async () => {
    const url = `http://127.0.0.1:${String(await freePort())}/`;
    const report = classifyError(await thrownBy(() => fetch(url)));
    expect(report).toMatchObject({ category: 'NETWORK', severity: 'HIGH', isRetryable: true, code: 'ECONNREFUSED' });
    expect(report.message).toContain('connect ECONNREFUSED 127.0.0.1');
  });

  it('nobody listens on any of a host’s addresses', async () => {
    const url = `http://localhost:${String(await freePort())}/`;
    expect(classifyError(await thrownBy(() => fetch(url)))).toMatchObject({
      category: 'NETWORK',
      code: 'ECONNREFUSED',
    });
  });

  it('the connection is reset', async () => {
    const port = await listen(createServer((socket) => socket.resetAndDestroy()));
    const report = classifyError(await thrownBy(() => fetch(`http://127.0.0.1:${String(port)}/`)));
    expect(report).toMatchObject({ category: 'NETWORK', severity: 'HIGH', isRetryable: true });
    expect(['ECONNRESET', 'UND_ERR_SOCKET']).toContain(report.code);
  });

  it('the server hangs up', async () => {
    const port = await listen(createServer((socket) => socket.end()));
    expect(classifyError(await thrownBy(() => fetch(`http://127.0.0.1:${String(port)}/`)))).toMatchObject({
      category: 'NETWORK',
      isRetryable: true,
    });
  });

  /** DNS answers: 3 there is no such name, 2 the server cannot tell. */
  it.each([
    [3, 'ENOTFOUND'],
    [2, 'ESERVFAIL'],
  ])('a DNS server answers with %i', async (answer, code) => {
    const server = createSocket('udp4', (question, { port, address }) => {
      const reply = Buffer.from(question);
      reply.writeUInt16BE(0x8180 | answer, 2);
      server.send(reply, port, address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(async () => {
      server.close();
      await once(server, 'close');
    });
    const resolver = new Resolver({ tries: 1 });
    resolver.setServers([`127.0.0.1:${String(server.address().port)}`]);
    const error = await thrownBy(() => resolver.resolve4('registry.example'));
    expect(classifyError(error)).toMatchObject({ category: 'NETWORK', isRetryable: true, code });
  });

  it('the name server does not answer for now', () => {
    // getaddrinfo says this only while the machine has no name server, so the error is built as Node builds it.
    const error = Object.assign(new Error('getaddrinfo EAI_AGAIN db'), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' });
    expect(classifyError(error)).toMatchObject({ category: 'NETWORK', isRetryable: true, code: 'EAI_AGAIN' });
  });

  it('the server takes too long', async () => {
    const port = await listen(createHttpServer(() => undefined));
    const signal = AbortSignal.timeout(50);
    const error = await thrownBy(() => fetch(`http://127.0.0.1:${String(port)}/`, { signal }));
    expect(classifyError(error)).toMatchObject({ category: 'TIMEOUT', severity: 'HIGH', isRetryable: true });
  });

  it('it is stopped from outside', async () => {
    expect(
      classifyError(await thrownBy(() => fetch('http://127.0.0.1:9/', { signal: AbortSignal.abort() }))),
    ).toMatchObject({
      category: 'TIMEOUT',
      isRetryable: true,
    });
    const stopped = await thrownBy(() => promisify(execFile)('sleep', ['9'], { signal: AbortSignal.abort() }));
    expect(classifyError(stopped)).toMatchObject({ category: 'TIMEOUT', isRetryable: true, code: 'ABORT_ERR' });
  });
});

describe('TLS', () => {
  const serve = async (certificate: { key: string; cert: string }): Promise<number> =>
    listen(https.createServer(certificate, (_, response) => response.end('hello')));

  const get = (port: number, ca?: string, servername = 'localhost'): Promise<unknown> =>
    thrownBy(async () => {
      const request = https.get({
        host: '127.0.0.1',
        port,
        servername,
        agent: false,
        ...(ca === undefined ? {} : { ca }),
      });
      await once(request, 'response');
    });

  async function certificate(validity: readonly string[]): Promise<{ key: string; cert: string }> {
    const file = (name: string): string => path.join(folder, name);
    execFileSync(
      'openssl',
      [
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        file('key'),
        '-out',
        file('request'),
      ],
      { stdio: 'ignore' },
    );
    await writeFile(file('index'), '');
    await writeFile(file('serial'), '01');
    await writeFile(
      file('ca.cnf'),
      `[ca]\ndefault_ca=x\n[x]\ndatabase=${file('index')}\nserial=${file('serial')}\nnew_certs_dir=${folder}\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n[p]\ncommonName=supplied\n`,
    );
    execFileSync(
      'openssl',
      [
        'ca',
        '-batch',
        '-notext',
        '-config',
        file('ca.cnf'),
        '-selfsign',
        '-keyfile',
        file('key'),
        '-in',
        file('request'),
        '-out',
        file('cert'),
        ...validity,
      ],
      { stdio: 'ignore' },
    );
    return { key: await readFile(file('key'), 'utf8'), cert: await readFile(file('cert'), 'utf8') };
  }
  const valid = ['-startdate', '20200101000000Z', '-enddate', '20990101000000Z'];
  const expired = ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'];

  it('the certificate is signed by nobody', async () => {
    const error = await get(await serve(await certificate(valid)));
    expect(classifyError(error)).toMatchObject({
      category: 'AUTHENTICATION',
      severity: 'CRITICAL',
      isRetryable: false,
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  it('the certificate has expired', async () => {
    const pair = await certificate(expired);
    expect(classifyError(await get(await serve(pair), pair.cert))).toMatchObject({
      category: 'AUTHENTICATION',
      isRetryable: false,
      code: 'CERT_HAS_EXPIRED',
    });
  });

  it('the certificate is for another host', async () => {
    const pair = await certificate(valid);
    expect(classifyError(await get(await serve(pair), pair.cert, 'other.example'))).toMatchObject({
      category: 'AUTHENTICATION',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('the server does not speak TLS', async () => {
    const port = await listen(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(classifyError(await get(port))).toMatchObject({ category: 'NETWORK', severity: 'CRITICAL' });
  });
});

describe('files and programs', () => {
  it('a file is missing', async () => {
    expect(classifyError(await thrownBy(() => readFile(path.join(folder, 'none'))))).toMatchObject({
      category: 'VALIDATION',
      isRetryable: false,
      code: 'ENOENT',
    });
  });

  it('a program is missing', async () => {
    const report = classifyError(await thrownBy(() => promisify(execFile)(path.join(folder, 'none'))));
    expect(report).toMatchObject({ category: 'VALIDATION', code: 'ENOENT' });
    expect(report.remedy).toContain('Install the program');
  });

  it('a file may not be run', async () => {
    const file = path.join(folder, 'not-executable');
    await writeFile(file, 'x');
    await chmod(file, 0o644);
    expect(classifyError(await thrownBy(() => promisify(execFile)(file)))).toMatchObject({
      category: 'PERMISSION',
      severity: 'CRITICAL',
      code: 'EACCES',
    });
  });

  it('the disk is full', async () => {
    const full = await open('/dev/full', 'w');
    const error = await thrownBy(() => full.writeFile('x'));
    await full.close();
    expect(classifyError(error)).toMatchObject({
      category: 'UNKNOWN',
      severity: 'HIGH',
      isRetryable: true,
      code: 'ENOSPC',
    });
  });

  it('a text is not JSON, or JSON is not as expected', async () => {
    for (const action of [() => JSON.parse('{') as unknown, () => z.strictObject({ a: z.string() }).parse({ a: 1 })]) {
      expect(classifyError(await thrownBy(action))).toMatchObject({ category: 'VALIDATION', isRetryable: false });
    }
  });
});
