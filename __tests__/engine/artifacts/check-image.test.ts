import type { ImageInspection } from '../../../engine/artifacts/artifact-registry.ts';
import { checkImage, imageCheckNames } from '../../../engine/artifacts/check-image.ts';

const good: ImageInspection = {
  digest: `sha256:${'a'.repeat(64)}`,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  sizeBytes: 1_000,
  platforms: [{ os: 'linux', architecture: 'amd64' }],
  layers: [{ digest: `sha256:${'b'.repeat(64)}`, sizeBytes: 900, isIntact: true }],
  labels: { 'org.opencontainers.image.version': 'v2' },
  entrypoint: ['node'],
  command: [],
};
const required = {
  minimumSizeBytes: 1_000,
  maximumSizeBytes: 1_000,
  platforms: ['linux/amd64'],
  requiredLabels: ['org.opencontainers.image.version'],
  requireEntrypoint: true,
};
const failing = (more: Partial<ImageInspection>) =>
  checkImage({ ...good, ...more }, required)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check }) => check);

describe('an image', () => {
  it('passes every check by its name, exactly at its bounds', () => {
    const checks = checkImage(good, required);
    expect(checks.map(({ check }) => check)).toEqual(imageCheckNames.slice(1, -2));
    expect(failing({})).toEqual([]);
  });

  it.each<[string, Partial<ImageInspection>]>([
    ['size', { sizeBytes: 999 }],
    ['size', { sizeBytes: 1_001 }],
    ['architecture', { platforms: [{ os: 'linux', architecture: 'arm64' }] }],
    ['layers', { layers: [{ digest: 'sha256:b', sizeBytes: 900, isIntact: false }] }],
    ['labels', { labels: { 'org.opencontainers.image.version': '' } }],
    ['command', { entrypoint: [], command: [''] }],
  ])('fails by its %s alone', (check, more) => {
    expect(failing(more)).toEqual([check]);
  });

  it('tells all that is wrong with it at once', () => {
    const bad = { sizeBytes: 0, platforms: [], labels: {}, entrypoint: [] };
    expect(failing(bad)).toEqual(['size', 'architecture', 'metadata', 'labels', 'command']);
  });
});
