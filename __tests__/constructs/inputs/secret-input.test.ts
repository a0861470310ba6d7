import { TerraformStack, Testing } from 'cdktf';
import { EphemeralSecret, isSecretReference, readSecret } from '../../../constructs/inputs/secret-input.ts';

describe('a secret', () => {
  it('is read from its full name, with the newest version unless one is named', () => {
    expect(readSecret('projects/shop-prod/secrets/key')).toEqual({
      secret: 'projects/shop-prod/secrets/key',
      version: 'latest',
    });
    expect(readSecret('projects/shop-prod/secrets/key/versions/3')).toEqual({
      secret: 'projects/shop-prod/secrets/key',
      version: '3',
    });
    expect(readSecret('')).toBeUndefined();
    expect(readSecret(undefined)).toBeUndefined();
  });

  it.each([
    'postgres://app:hunter2@10.0.0.1/shop',
    'key',
    'projects/shop-prod/secrets/',
    'projects/shop-prod/secrets/key/versions/newest',
    { secret: 'postgres://app:hunter2@10.0.0.1/shop' },
    { kind: 'ephemeral' },
    42,
    null,
  ])('is refused when it is %j', (given) => {
    expect(isSecretReference(given)).toBe(false);
  });

  it.each([
    '',
    'projects/shop-prod/secrets/key',
    'projects/shop-prod/secrets/key/versions/latest',
    { secret: 'key' },
    { secret: 'projects/shop-prod/secrets/key', version: '3' },
    undefined,
  ])('is accepted when it is %j', (given) => {
    expect(isSecretReference(given)).toBe(true);
  });

  it('comes in an ephemeral, sensitive variable that is called as it is written', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const secret = new EphemeralSecret(stack, 'source_db_connection');
    expect(isSecretReference(secret)).toBe(true);
    expect(readSecret(secret)).toBe(secret);
    expect(JSON.parse(Testing.synth(stack))).toMatchObject({
      variable: { source_db_connection: { type: 'string', sensitive: true, ephemeral: true, nullable: false } },
    });
  });
});
