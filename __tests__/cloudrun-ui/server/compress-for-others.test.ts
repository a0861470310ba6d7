import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { compressForOthers } from '../../../cloudrun-ui/server/protection/compress-for-others.ts';

const text = 'a promotion and its plan '.repeat(200);
const application = new Hono();
application.use(compressForOthers);
application.get('/page', (context) => context.text(text));
application.get('/short', (context) => context.text('ok', 200, { 'Content-Length': '2' }));
application.get('/stream', (context) => context.body(text, 200, { 'Content-Type': 'text/event-stream' }));

/** As the server is asked from an address. */
async function ask(address: string, headers: Readonly<Record<string, string>> = {}, path = '/page'): Promise<Response> {
  const socket = { remoteAddress: address, remotePort: 4711, remoteFamily: address.includes(':') ? 'IPv6' : 'IPv4' };
  const asked = { headers: { 'Accept-Encoding': 'gzip', ...headers } };
  return application.request(path, asked, { incoming: { socket } });
}

describe('answers on their way', () => {
  it('are packed for whoever asks from elsewhere and can unpack them', async () => {
    const answer = await ask('10.1.2.3');
    expect(answer.headers.get('Content-Encoding')).toBe('gzip');
    expect(gunzipSync(await answer.arrayBuffer()).toString()).toBe(text);
    const plain = await ask('10.1.2.3', { 'Accept-Encoding': 'identity' });
    expect([plain.headers.get('Content-Encoding'), await plain.text()]).toEqual([null, text]);
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])(
    'are as they are for whoever asks on this machine, at %s',
    async (address) => {
      const answer = await ask(address);
      expect([answer.headers.get('Content-Encoding'), await answer.text()]).toEqual([null, text]);
    },
  );

  it.each([
    ['X-Forwarded-For', '203.0.113.7'],
    ['Forwarded', 'for=203.0.113.7'],
    ['Via', '1.1 google'],
  ])('are packed for whoever a proxy on this machine asks for, which it says with %s', async (name, value) => {
    expect((await ask('127.0.0.1', { [name]: value })).headers.get('Content-Encoding')).toBe('gzip');
  });

  it('are never held back to be packed where they are streams, nor packed where they are short', async () => {
    for (const path of ['/stream', '/short']) {
      expect((await ask('10.1.2.3', {}, path)).headers.get('Content-Encoding')).toBeNull();
    }
  });
});
