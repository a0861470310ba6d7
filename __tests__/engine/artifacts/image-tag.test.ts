import { imageTag, sourceTag } from '../../../engine/artifacts/image-tag.ts';

const values = { application: 'shop', environment: 'staging', release: 'v2', service: 'api' };

describe('the tag of an image', () => {
  it('is the template with what it stands for', () => {
    expect(imageTag('<app>-<env>-<service>-<release>', values)).toBe('shop-staging-api-v2');
    expect(imageTag('prod', values)).toBe('prod');
  });

  it('takes nothing in a name for a placeholder', () => {
    expect(imageTag('<release>', { ...values, release: '<env>' })).toBe('env-');
  });

  it('may be made of what the image is called where it comes from, or of its version', () => {
    expect(imageTag('<target>-<tag>', { ...values, tag: '1.4.2' })).toBe('staging-1.4.2');
    expect(imageTag('<version>', { ...values, version: '1.4.2+build.7' })).toBe('1.4.2-build.7');
    expect(imageTag('<target>-<tag>', values)).toBeUndefined();
    expect(imageTag('<version>', { ...values, version: 'x'.repeat(500) })).toHaveLength(128);
  });
});

describe('what an image is called where it comes from', () => {
  const digest = 'sha256:a';
  const tags = (...names: readonly string[]) => names.map((tag) => ({ tag, digest }));

  it('is the release’s own name, else the newest of its tags, without the prefix of that environment', () => {
    expect(sourceTag(tags('v9', 'v2', 'qa-v10'), digest, 'v2', 'qa')).toEqual({ tag: 'v2', name: 'v2' });
    expect(sourceTag(tags('qa-v2', 'v9'), digest, 'v2', 'qa')).toEqual({ tag: 'qa-v2', name: 'v2' });
    expect(sourceTag(tags('1.4.9', '1.4.10'), digest, 'v2', 'qa')).toEqual({ tag: '1.4.10', name: '1.4.10' });
  });

  it('is nothing where it has no tag of its own', () => {
    const signature = `sha256-${'a'.repeat(64)}.sig`;
    expect(sourceTag([{ tag: 'v2', digest: 'sha256:b' }, ...tags(signature)], digest, 'v2', 'qa')).toBeUndefined();
  });
});
