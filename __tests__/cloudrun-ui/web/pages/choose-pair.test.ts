import { choosePair } from '../../../../cloudrun-ui/web/src/pages/compare/choose-pair.ts';

const places = (application: string, ...environments: readonly string[]) =>
  environments.map((environment) => ({ application, environment }));
const shop = places('shop', 'dev', 'staging', 'production');

describe('which two environments are compared', () => {
  it('are those that the address names', () => {
    expect(choosePair(shop, { application: 'shop', from: 'production', to: 'dev' })).toMatchObject({
      application: 'shop',
      from: 'production',
      to: 'dev',
      environments: ['dev', 'staging', 'production'],
    });
  });

  it('are the last step of the way where it names none, and of the only application', () => {
    expect(choosePair(shop, {})).toMatchObject({ application: 'shop', from: 'staging', to: 'production' });
    expect(choosePair(shop, { from: 'production' })).toMatchObject({ from: 'production', to: 'staging' });
    expect(choosePair(shop, { to: 'staging' })).toMatchObject({ from: 'dev', to: 'staging' });
    expect(choosePair(shop, { to: 'dev' })).toMatchObject({ from: 'staging', to: 'dev' });
  });

  it('are of every application where there are several and none is named', () => {
    const all = [...shop, ...places('bank', 'dev', 'production', 'audit')];
    expect(choosePair(all, {})).toMatchObject({
      application: undefined,
      environments: ['dev', 'staging', 'production', 'audit'],
    });
    expect(choosePair(all, { application: 'bank' })).toMatchObject({ from: 'production', to: 'audit' });
  });

  it('are not those that the address names and nobody has, nor one with itself', () => {
    expect(choosePair(shop, { to: 'nowhere' })).toMatchObject({ from: 'staging', to: 'production' });
    expect(choosePair(shop, { from: 'nowhere', to: 'staging' })).toMatchObject({ from: 'dev', to: 'staging' });
    expect(choosePair(shop, { from: 'dev', to: 'dev' })).toMatchObject({ from: 'staging', to: 'dev' });
  });

  it('are none where there are not two', () => {
    expect(choosePair(places('shop', 'dev'), {})).toBeUndefined();
    expect(choosePair([], {})).toBeUndefined();
    expect(choosePair([], { from: 'a', to: 'b' })).toBeUndefined();
  });
});
