import { getTestServer } from '@google-cloud/functions-framework/testing';
import './index.ts';

/**
 * Serves the function on the loopback interface, which the framework's own command cannot be confined to. PORT names
 * the port, or 0 (the default) for a free one; the line it prints when it is ready says which.
 */
const server = getTestServer('dbMigration');
server.setTimeout(0);
server.requestTimeout = 0;
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ severity: 'INFO', message: 'listening', port })}\n`);
});
process.once('SIGTERM', () => {
  server.close(() => {
    // The open channel would keep this process for ever.
    if (process.connected) process.disconnect();
  });
});
// Started with a channel, it belongs to its parent: it holds credentials, and must not outlive whoever can stop it.
if (process.connected) {
  process.once('disconnect', () => {
    process.exit(0);
  });
}
