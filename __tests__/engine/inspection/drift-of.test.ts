import type { DeploymentStatus } from '../../../engine/deployment/deployment-target.ts';
import { driftOf } from '../../../engine/inspection/drift-of.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const recorded = {
  release: 'v2',
  images: [
    { service: 'api', digest: digest('a') },
    { service: 'web', digest: digest('b') },
  ],
};

function running(
  api: string | undefined,
  web: string | undefined,
  release = 'v2',
): Pick<DeploymentStatus, 'desired' | 'services'> {
  const service = (name: string, of: string | undefined) => {
    return { name, digest: of, isReady: true, url: 'http://127.0.0.1:9', restarts: 0 };
  };
  return {
    desired: { application: 'shop', release, configurationCommit: 'c', services: [] },
    services: [service('api', api), service('web', web)],
  };
}

describe('how what runs differs from what is recorded', () => {
  it('not at all, while every service serves the recorded image, under whichever name', () => {
    expect(driftOf(recorded, running(digest('a'), digest('b')))).toBeUndefined();
    expect(driftOf(recorded, running(digest('a'), digest('b'), 'hand-made'))).toBeUndefined();
  });

  it('by each service that serves another image, with what it was deployed as', () => {
    expect(driftOf(recorded, running(digest('a'), digest('c'), 'v9'))).toBe(
      'web runs sha256:cccccccccccc, not sha256:bbbbbbbbbbbb of v2; it was deployed as v9',
    );
    expect(driftOf(recorded, running(digest('c'), digest('d')))).toBe(
      'api runs sha256:cccccccccccc, not sha256:aaaaaaaaaaaa, web runs sha256:dddddddddddd, not sha256:bbbbbbbbbbbb of v2',
    );
  });

  it('in that nothing was ever deployed; a service that does not run is sick, and no other release', () => {
    expect(driftOf(recorded, { desired: undefined, services: [] })).toBe(
      'nothing was ever deployed there, and v2 is recorded',
    );
    expect(driftOf(recorded, running(digest('a'), undefined))).toBeUndefined();
  });
});
