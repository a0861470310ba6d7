/** What a service answers; `sick` is alive and ready, and says on its health page that it is not well. */
export type Health = 'well' | 'sick';

/** A server that starts in a moment: it needs no package, no database and no other service. */
export function tinyService(release: string, health: Health): string {
  return `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { settings } = JSON.parse(readFileSync(process.env.CONFIG_FILE, 'utf8'));
const pages = {
  '/': [200, { release: ${JSON.stringify(release)}, named: process.env.RELEASE, level: settings.level }],
  '/readyz': [200, { isReady: true }],
  '/healthz': [${health === 'well' ? '200' : '500'}, { health: ${JSON.stringify(health)} }],
};
createServer((request, response) => {
  const [status, body] = pages[request.url] ?? [404, {}];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit(0));
`;
}
