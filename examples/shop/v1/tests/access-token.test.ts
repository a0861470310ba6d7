import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestProblem } from '../platform/reply.ts';
import { AccessTokens } from '../services/orders/access-token.ts';
import { customerToken } from './customer-token.ts';
import { secret } from './order-parts.ts';

const tokens = new AccessTokens(secret);
const verify = (token: string): Promise<unknown> => tokens.verify({ authorization: `Bearer ${token}` });
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1_000);

await test('a token that the shop issued names the customer', async () => {
  assert.deepEqual(await verify(await customerToken()), { customer: 'ana' });
});

const refused: Readonly<Record<string, () => Promise<string>>> = {
  'signed with another secret': () => customerToken({}, { secret: 'another secret, which has 32 characters too' }),
  'issued by somebody else': () => customerToken({ iss: 'somebody' }),
  'meant for another service': () => customerToken({ aud: 'catalogue' }),
  'without an end': () => customerToken({}, { leaveOut: 'exp' }),
  'without a customer': () => customerToken({}, { leaveOut: 'sub' }),
  'not valid yet': () => customerToken({ nbf: now + 60 }),
  'signed with another algorithm': () => customerToken({}, { alg: 'HS512' }),
  'with alg none and no signature': async () =>
    `${encode({ alg: 'none' })}.${encode({ iss: 'shop', aud: 'orders', sub: 'ana', exp: now + 60 })}.`,
  'with its customer changed afterwards': async () => {
    const [header, , signature] = (await customerToken()).split('.');
    return `${header ?? ''}.${encode({ iss: 'shop', aud: 'orders', sub: 'bob', exp: now + 60 })}.${signature ?? ''}`;
  },
  'that is no token': async () => 'a.b.c',
};
for (const [what, token] of Object.entries(refused)) {
  await test(`a token ${what} is refused`, async () => {
    const given = await token();
    await assert.rejects(verify(given), (error: unknown) => {
      assert.ok(error instanceof RequestProblem);
      assert.equal(error.status, 401);
      assert.match(error.headers['www-authenticate'] ?? '', /^Bearer/);
      assert.ok(!error.message.includes(given));
      return true;
    });
  });
}

await test('an expired token is refused with the advice to get a new one', async () => {
  await assert.rejects(verify(await customerToken({ exp: now - 1 })), /has expired/);
});

await test('no token, or one in another scheme, is refused', async () => {
  await assert.rejects(tokens.verify({}), /Send an access token/);
  await assert.rejects(tokens.verify({ authorization: `Basic ${await customerToken()}` }), /Send an access token/);
});
