import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { UnpackImage } from '../../../../engine/deployment/local/unpacked-image.ts';

export interface TinyService {
  readonly version: string;
  /** What `/readyz` does: answers 200, answers 503 for ever, or the process ends before it listens. */
  readonly readiness?: 'ready' | 'never' | 'ends';
  readonly startDelayMs?: number;
  /** The status of every answer but that of `/readyz`. Default 200. */
  readonly status?: number;
  /** What `/metrics` answers: what it counted, or something that is not in the format, or no end. Default: counts. */
  readonly metrics?: 'counts' | 'nonsense' | 'endless';
}

/** A service that ends at once on SIGTERM: whatever is in flight or connected by then is lost, which tests must notice. */
const source = ({
  version,
  readiness = 'ready',
  startDelayMs = 0,
  status = 200,
  metrics = 'counts',
}: TinyService): string => `
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
const settings = JSON.parse(readFileSync(process.env.CONFIG_FILE, 'utf8'));
console.log('${version} starts, key is ' + process.env.JWT_SECRET);
if (${JSON.stringify(readiness)} === 'ends') { console.error('no such column: price'); process.exit(7); }
process.on('SIGTERM', () => process.exit(0));
await new Promise((resolve) => setTimeout(resolve, ${String(startDelayMs)}));
let answered = 0;
const counts = () => 'http_requests_total{status="${String(status)}",route="/"} ' + answered + '\\n' +
  'http_request_duration_seconds_bucket{route="/",le="0.5"} ' + answered + '\\n' +
  'http_request_duration_seconds_bucket{route="/",le="+Inf"} ' + answered + '\\n';
createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/metrics') {
    if (${JSON.stringify(metrics)} === 'counts') response.end(counts());
    else if (${JSON.stringify(metrics)} === 'nonsense') response.end('{"requests":12}');
    else { const more = () => { while (response.write('a'.repeat(65536))); }; response.on('drain', more); more(); }
    return;
  }
  if (url.pathname === '/readyz') { response.writeHead(${readiness === 'never' ? 503 : 200}).end(); return; }
  if (url.pathname === '/crash') { process.exit(3); }
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => setTimeout(() => {
    answered += 1;
    response.statusCode = ${String(status)};
    response.setHeader('content-type', 'application/json');
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.end(JSON.stringify({ version: '${version}', release: process.env.RELEASE, pid: process.pid, settings, body,
      variables: Object.keys(process.env).sort(), headers: request.headers, method: request.method, cwd: process.cwd() }));
  }, Number(url.searchParams.get('ms') ?? 0)));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

export const tinyAnswerSchema = z.object({
  version: z.string(),
  release: z.string(),
  pid: z.number(),
  settings: z.record(z.string(), z.unknown()),
  body: z.string(),
  variables: z.array(z.string()),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  method: z.string(),
  cwd: z.string(),
});
export type TinyAnswer = z.infer<typeof tinyAnswerSchema>;

const imageSchema = z.object({ entrypoint: z.array(z.string()), command: z.array(z.string()) });

/** Publishes an image in a folder that stands for a registry. @returns its digest. */
export async function publishTinyImage(registry: string, service: TinyService): Promise<string> {
  const code = source(service);
  const hex = createHash('sha256').update(code).digest('hex');
  const folder = join(registry, hex, 'files', 'app');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'server.mjs'), code);
  await writeFile(
    join(registry, hex, 'image.json'),
    JSON.stringify({ entrypoint: ['node'], command: ['/app/server.mjs'] }),
  );
  return `sha256:${hex}`;
}

export function unpackFrom(registry: string): UnpackImage {
  return async ({ repository, digest, destination }) => {
    const image = join(registry, digest.slice('sha256:'.length));
    const folder = join(destination, digest.replace(':', '-'));
    let text: string;
    try {
      text = await readFile(join(image, 'image.json'), 'utf8');
    } catch {
      throw new Error(`${repository} holds no image ${digest}`);
    }
    await cp(join(image, 'files'), folder, { recursive: true });
    return {
      folder,
      ...imageSchema.parse(JSON.parse(text)),
      environment: { IMAGE: '1', PATH: '/bin' },
      workingDirectory: undefined,
    };
  };
}
