import { renderConfiguration } from '../../../engine/configuration/render-configuration.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const values = `# staging
release: v1
images:
  api: ${digest('a')} # serves
  web: ${digest('b')}
replicas: 2
`;

describe('rendering a release into an environment’s values', () => {
  it('writes name, digests and the release’s own values, and tells what changed', () => {
    const rendered = renderConfiguration(values, {
      name: 'v2',
      images: [
        { service: 'api', image: 'shop/api', digest: digest('c') },
        { service: 'web', image: 'shop/web', digest: digest('b') },
        { service: 'mail', image: 'shop/mail', digest: digest('d') },
      ],
      configuration: { replicas: 3, 'features.search.enabled': true },
    });
    expect(rendered.text).toBe(`# staging
release: v2
images:
  api: ${digest('c')} # serves
  web: ${digest('b')}
  mail: ${digest('d')}
replicas: 3
features:
  search:
    enabled: true
`);
    expect(rendered.changed).toEqual([
      { path: 'release', before: 'v1', after: 'v2' },
      { path: 'images.api', before: digest('a'), after: digest('c') },
      { path: 'images.mail', before: undefined, after: digest('d') },
      { path: 'replicas', before: 2, after: 3 },
      { path: 'features.search.enabled', before: undefined, after: true },
    ]);
  });

  it('changes nothing when the release is what the values say', () => {
    const release = { name: 'v1', images: [{ service: 'api', image: 'api', digest: digest('a') }], configuration: {} };
    expect(renderConfiguration(values, release)).toEqual({ text: values, changed: [] });
  });

  it.each(['release', 'release.name', 'images', 'images.api'])('refuses a release that sets %s by itself', (path) => {
    const release = {
      name: 'v2',
      images: [{ service: 'api', image: 'api', digest: digest('a') }],
      configuration: { [path]: 'x' },
    };
    expect(() => renderConfiguration(values, release)).toThrow(`Release v2 sets ${path}`);
  });

  it('refuses values whose shape has no place for a digest, and says where', () => {
    const release = { name: 'v2', images: [{ service: 'api', image: 'api', digest: digest('a') }], configuration: {} };
    expect(() => renderConfiguration('images:\n  api:\n    tag: v1\n', release)).toThrow('3:5: images.api is a map');
  });
});
