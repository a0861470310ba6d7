import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { commitConfiguration } from '../../../cli/compose/shop-releases.ts';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { sampleRelease } from '../../../scripts/sample-promotion.ts';
import { scratchGit, type ScratchGit } from '../../engine/configuration/scratch-git.ts';

// Real git processes.
jest.setTimeout(120_000);

const signal = new AbortController().signal;
const dev = { name: 'dev', configuration: { repository: 'configuration', branch: 'dev', path: 'dev/values.yaml' } };

let scratch: ScratchGit;
let repository: GitConfigurationRepository;
beforeEach(async () => {
  scratch = await scratchGit();
  const values = 'release: none\nimages:\n  api: none\n';
  scratch.commit('dev', { 'dev/values.yaml': values });
  repository = new GitConfigurationRepository({
    remote: { address: scratch.remote },
    cacheFolder: scratch.fresh('cache'),
  });
});
afterEach(() => scratch.remove());

async function bring(name: string): Promise<string> {
  const effect: Effect = { key: `pipeline:dev:${name}:configuration`, fence: 0, signal };
  const content = {
    ...sampleRelease().content,
    images: [{ service: 'api', image: 'api', digest: `sha256:${name.slice(1).repeat(64)}` }],
  };
  return commitConfiguration({ configuration: () => repository }, dev, sampleRelease({ name, content }), effect);
}

const valuesAt = (commit: string) => repository.read(commit, 'dev/values.yaml', signal);

describe('the configuration of a release that comes in', () => {
  it('is committed again when the release was there before and another came between', async () => {
    const first = await bring('v2');
    await bring('v3');
    const again = await bring('v2');
    expect(await repository.head('dev', signal)).toBe(again);
    expect(again).not.toBe(first);
    expect(await valuesAt(again)).toBe(await valuesAt(first));
    expect(await valuesAt(again)).toContain(`sha256:${'2'.repeat(64)}`);
  });

  it('is committed once when nothing came between', async () => {
    expect(await bring('v2')).toBe(await bring('v2'));
  });

  it('goes on with the commit that a run which was cut off proposed', async () => {
    const advance = repository.advance.bind(repository);
    repository.advance = () => Promise.reject(new Error('cut off'));
    await expect(bring('v2')).rejects.toThrow('cut off');
    repository.advance = advance;
    const commit = await bring('v2');
    expect(await repository.head('dev', signal)).toBe(commit);
  });
});
