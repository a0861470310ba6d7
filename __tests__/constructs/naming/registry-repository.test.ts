import { registryRepository } from '../../../constructs/naming/registry-repository.ts';

describe('a repository of Artifact Registry', () => {
  it.each([
    'europe-west1-docker.pkg.dev/shop-prod/images',
    'europe-west1-docker.pkg.dev/shop-prod/images/team/api:v1',
    'europe-west1-docker.pkg.dev/shop-prod/images/api@sha256:0',
  ])('is read from %s', (address) => {
    expect(registryRepository(address)?.place).toEqual({
      location: 'europe-west1',
      project: 'shop-prod',
      repository: 'images',
    });
  });

  it.each(['ghcr.io/shop', 'docker.pkg.dev/shop/images', 'europe-docker.pkg.dev/shop', 'gcr.io/shop/images'])(
    'is not what %s names',
    (address) => {
      expect(registryRepository(address)).toBeUndefined();
    },
  );
});
