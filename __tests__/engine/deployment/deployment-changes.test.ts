import { deploymentChanges } from '../../../engine/deployment/deployment-changes.ts';

it('a deployment changes the release, and those images that are others afterwards', () => {
  const before = {
    release: 'v1',
    images: [
      { service: 'api', digest: 'sha256:1' },
      { service: 'web', digest: 'sha256:2' },
      { service: 'old', digest: 'sha256:3' },
    ],
  };
  const after = {
    release: 'v2',
    images: [
      { service: 'api', digest: 'sha256:4' },
      { service: 'web', digest: 'sha256:2' },
      { service: 'new', digest: 'sha256:5' },
    ],
  };
  expect(deploymentChanges(before, after)).toEqual([
    { kind: 'release', subject: 'release', before: 'v1', after: 'v2' },
    { kind: 'image', subject: 'api', before: 'sha256:1', after: 'sha256:4' },
    { kind: 'image', subject: 'old', before: 'sha256:3', after: undefined },
    { kind: 'image', subject: 'new', before: undefined, after: 'sha256:5' },
  ]);
  expect(deploymentChanges(after, after)).toEqual([]);
  expect(deploymentChanges({ release: undefined, images: [] }, after)[0]).toMatchObject({ before: undefined });
});
