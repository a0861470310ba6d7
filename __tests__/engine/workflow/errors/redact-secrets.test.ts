import { jest } from '@jest/globals';
import fc from 'fast-check';
import { redactSecrets } from '../../../../engine/workflow/errors/redact-secrets.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

describe('masking secrets', () => {
  it.each([
    [
      'a URL with a password',
      'fetch https://ana:hunter2@git.example/x.git failed',
      'fetch https://***@git.example/x.git failed',
    ],
    ['a URL with a token as user', 'https://ghp_abc@git.example/', 'https://***@git.example/'],
    ['a password with slash and at', 'postgres://shop:p/a@ss@db:5432/shop', 'postgres://***@db:5432/shop'],
    ['an authorization header', 'authorization: Bearer abc.def', 'authorization: ***'],
    ['a header in JSON', '{"Authorization":"Basic dXNlcjpwYXNz"}', '{"Authorization":"***"}'],
    ['a proxy’s header', 'Proxy-Authorization: Basic dXNlcjpwYXNz, next', 'Proxy-Authorization: ***, next'],
    ['a cookie', 'Cookie: session=1; other=2\nnext', 'Cookie: ***\nnext'],
    ['a bearer token', 'sent Bearer abcdefghijklmnopqrst', 'sent Bearer ***'],
    ['a pair', 'connect host=db password=hunter2 user=shop', 'connect host=db password=*** user=shop'],
    ['a pair of a connection string', 'UID=sa;PWD=/hun/ter2;Pwd=hunter2', 'UID=sa;PWD=***;Pwd=***'],
    ['a variable of another name', 'DB_PWD=/hun/ter2', 'DB_PWD=***'],
    ['a pair in quotes', "password='hun ter2' user=shop", 'password=*** user=shop'],
    ['a pair in JSON', '{"clientSecret": "a\\"b", "x": 1}', '{"clientSecret": "***", "x": 1}'],
    ['a signed URL', 'https://s.example/o?X-Goog-Signature=abc&x=1', 'https://s.example/o?X-Goog-Signature=***&x=1'],
    ['a webhook', 'https://hooks.slack.com/services/T0/B0/xyz', 'https://hooks.slack.com/services/***'],
    ['a JSON web token', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_', 'got ***'],
    [
      'a private key',
      '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nnext',
      '-----BEGIN RSA PRIVATE KEY-----***\nnext',
    ],
    ['half a private key', '-----BEGIN PRIVATE KEY-----\nabc', '-----BEGIN PRIVATE KEY-----***'],
  ])('masks %s', (_, text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:5432',
    'https://registry.example:5000/v2/shop/manifests/sha256:abc',
    'git@github.com:shop/config.git',
    'https://localhost:8080/users/ana@shop.example',
    'Basic authentication is required',
    'the token has expired',
    'PWD=/srv/rules\nOLDPWD=/srv',
    'fatal: Authentication failed for ‘https://git.example/x.git/’',
    'password authentication failed for user "shop"',
  ])('leaves %j as it is', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  const noise = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', ':', '/', '"', '@', '=', '-', 'token', 'x.example'),
  });
  const alphanumeric = fc.stringMatching(/^[A-Za-z0-9]{24}$/);

  const carriers = fc.constantFrom<(secret: string) => string>(
    (secret) => `https://user:${secret}@git.example/x`,
    (secret) => `https://${secret}@git.example/x`,
    (secret) => `postgres://shop:${encodeURIComponent(`${secret}/@:`)}@db/shop`,
    (secret) => `Authorization: token ${secret}`,
    (secret) => `Bearer ${secret}`,
    (secret) => `ghp_${secret}`,
    (secret) => `github_pat_${secret}`,
    (secret) => `password=${secret}`,
    (secret) => `{"access_token":"${secret}"}`,
    (secret) => `eyJ${secret}.eyJ${secret}.${secret}`,
  );

  it('never lets a secret through, whatever stands around it', () => {
    fc.assert(
      fc.property(noise, carriers, alphanumeric, noise, (before, carrier, secret, after) => {
        expect(redactSecrets(`${before} ${carrier(secret)} ${after}`)).not.toContain(secret);
      }),
      { numRuns: 1_000 },
    );
  });

  it('masking twice is masking once', () => {
    fc.assert(
      fc.property(carriers, alphanumeric, (carrier, secret) => {
        const once = redactSecrets(`failed: ${carrier(secret)} (after 3 s)`);
        expect(redactSecrets(once)).toBe(once);
      }),
    );
  });

  it.each([
    '://',
    'password=',
    '://a:',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    'Authorization:',
    '"token":"',
    'Bearer ',
  ])('answers on a long text of nothing but %j', (piece) => {
    expect(redactSecrets(piece.repeat(100_000)).length).toBeLessThanOrEqual(200_000);
  });
});
