import { configurationPlaceSchema, withConfiguration } from '../../../engine/workflow/definition-configuration.ts';
import { sampleDefinition } from './sample-promotion.ts';

const { target, ...rest } = sampleDefinition([]);
const definition = {
  ...rest,
  target: { ...target, resources: ['database:shop', 'configuration:configuration#staging', 'shared:x'] },
};

describe('another place for the target’s configuration', () => {
  it('is read and committed there, under the lock of that branch; the file and everything else stay', () => {
    const placed = withConfiguration(definition, { repository: 'https://github.com/owner/gitops.git', branch: 'main' });
    expect(placed.target).toEqual({
      ...definition.target,
      configuration: {
        repository: 'https://github.com/owner/gitops.git',
        branch: 'main',
        path: 'values.yaml',
        isRedirected: true,
      },
      resources: ['database:shop', 'configuration:https://github.com/owner/gitops.git#main', 'shared:x'],
    });
    expect(placed.source).toBe(definition.source);
  });

  it('is as the rules say where nothing else is said', () => {
    expect(withConfiguration(definition, { branch: 'main' }).target.configuration).toMatchObject({
      repository: 'configuration',
      branch: 'main',
    });
  });

  it.each([
    [{ repository: 'ext::sh -c touch% /tmp/x' }],
    [{ repository: '--upload-pack=x' }],
    [{ repository: 'https://user:hunter2@git.example/x' }],
    [{ repository: '/tmp/a\nb' }],
    [{ branch: '--force' }],
    [{ branch: 'a..b' }],
    [{ branch: 'a b' }],
    [{ branch: 'x'.repeat(251) }],
    [{ path: 'other.yaml' }],
  ])('is no such thing: %j', (place) => {
    expect(configurationPlaceSchema.safeParse(place).success).toBe(false);
  });
});
