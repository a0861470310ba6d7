import { imageTag } from '../../../engine/artifacts/image-tag.ts';

const values = { application: 'shop', environment: 'staging', release: 'v2', service: 'api' };

describe('the tag of an image', () => {
  it('is the template with what it stands for', () => {
    expect(imageTag('<app>-<env>-<service>-<release>', values)).toBe('shop-staging-api-v2');
    expect(imageTag('prod', values)).toBe('prod');
  });

  it('takes nothing in a name for a placeholder', () => {
    expect(imageTag('<release>', { ...values, release: '<env>' })).toBe('<env>');
  });
});
