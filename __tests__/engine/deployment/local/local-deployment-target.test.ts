import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { DesiredDeployment } from '../../../../engine/deployment/deployment-target.ts';
import { LocalDeploymentTarget } from '../../../../engine/deployment/local/local-deployment-target.ts';
import { InvalidRecordError } from '../../../../engine/deployment/local/record-file.ts';
import { PreconditionFailedError, StaleFenceError, type Effect } from '../../../../engine/workflow/fence.ts';

jest.setTimeout(60_000);

const { signal } = new AbortController();
let root: string;
let target: LocalDeploymentTarget;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'target-'));
  target = new LocalDeploymentTarget(root);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function effect(fence: number): Effect {
  return { key: 'p:deploy', fence, signal };
}

function desire(release: string): DesiredDeployment {
  return {
    application: 'shop',
    release,
    configurationCommit: 'c'.repeat(40),
    services: [{ name: 'api', repository: 'registry/api', digest: `sha256:${'a'.repeat(64)}` }],
  };
}

describe('an environment', () => {
  it('where nothing was ever deployed is empty, of generation 0', async () => {
    expect(await target.status('qa', signal)).toEqual({
      generation: 0,
      observedGeneration: 0,
      desired: undefined,
      phase: 'empty',
      message: undefined,
      services: [],
      traffic: { requests: 0, failed: 0 },
    });
  });

  it('is progressing as soon as a desired state is accepted, and says that no platform acts on it', async () => {
    expect(await target.apply('qa', desire('v1'), 0, effect(1))).toEqual({ generation: 1 });
    const status = await target.status('qa', signal);
    expect(status).toMatchObject({ generation: 1, observedGeneration: 0, phase: 'progressing', desired: desire('v1') });
    expect(status.message).toMatch(/platform is not running/);
    expect((await target.status('uat', signal)).phase).toBe('empty');
  });

  it('can be shut for older runs before anything was deployed there', async () => {
    await target.fence('qa', effect(2));
    await expect(target.apply('qa', desire('v1'), 0, effect(1))).rejects.toBeInstanceOf(StaleFenceError);
    await expect(target.fence('qa', effect(1))).rejects.toBeInstanceOf(StaleFenceError);
    expect((await target.status('qa', signal)).phase).toBe('empty');
  });

  it.each(['..', '../qa', 'qa/../uat', '', 'QA', '.images'])('cannot be named %j', async (name) => {
    await expect(target.apply(name, desire('v1'), 0, effect(1))).rejects.toThrow(/DNS label/);
    await expect(target.status(name, signal)).rejects.toThrow(/DNS label/);
  });
});

describe('a desired state', () => {
  it('with another share of the requests is another one, and without any is the same as with none', async () => {
    await target.apply('qa', { ...desire('v1'), canaryPercentage: 10 }, 0, effect(1));
    expect((await target.status('qa', signal)).desired).toEqual({ ...desire('v1'), canaryPercentage: 10 });
    expect(await target.apply('qa', { ...desire('v1'), canaryPercentage: 10 }, 0, effect(1))).toEqual({
      generation: 1,
    });
    expect(await target.apply('qa', { ...desire('v1'), canaryPercentage: 20 }, 1, effect(1))).toEqual({
      generation: 2,
    });
    expect(await target.apply('qa', desire('v1'), 2, effect(1))).toEqual({ generation: 3 });
    expect(await target.apply('qa', { ...desire('v1'), canaryPercentage: undefined }, 3, effect(1))).toEqual({
      generation: 3,
    });
  });

  it.each([0, 0.5, 99.5, 100, Number.NaN])('with a share of %d %% is refused', async (canaryPercentage) => {
    await expect(target.apply('qa', { ...desire('v1'), canaryPercentage }, 0, effect(1))).rejects.toThrow();
    expect((await target.status('qa', signal)).generation).toBe(0);
  });

  it('that is desired already changes nothing, whatever generation the caller read', async () => {
    await target.apply('qa', desire('v1'), 0, effect(1));
    const before = await readFile(join(root, 'qa/deployment.json'), 'utf8');
    expect(await target.apply('qa', desire('v1'), 0, effect(2))).toEqual({ generation: 1 });
    expect(await readFile(join(root, 'qa/deployment.json'), 'utf8')).toBe(before);
  });

  it('is refused when another one was accepted since the caller looked', async () => {
    await target.apply('qa', desire('v1'), 0, effect(1));
    await expect(target.apply('qa', desire('v2'), 0, effect(1))).rejects.toThrow(PreconditionFailedError);
    await expect(target.apply('qa', desire('v2'), 2, effect(1))).rejects.toThrow(
      'expected generation 2, found generation 1',
    );
    expect(await target.apply('qa', desire('v2'), 1, effect(1))).toEqual({ generation: 2 });
  });

  it('is refused from a run that lost its lease, even when it is what is desired', async () => {
    await target.apply('qa', desire('v1'), 0, effect(7));
    await expect(target.apply('qa', desire('v2'), 1, effect(6))).rejects.toThrow(StaleFenceError);
    await expect(target.apply('qa', desire('v1'), 1, effect(6))).rejects.toThrow(StaleFenceError);
    await expect(new LocalDeploymentTarget(root).apply('qa', desire('v2'), 1, effect(6))).rejects.toThrow(
      StaleFenceError,
    );
    expect((await target.status('qa', signal)).desired?.release).toBe('v1');
  });

  it('is refused from the older run also when the newer one only found what it wanted', async () => {
    await target.apply('qa', desire('v1'), 0, effect(1));
    await target.apply('qa', desire('v1'), 1, effect(9));
    await expect(target.apply('qa', desire('v2'), 1, effect(1))).rejects.toThrow(StaleFenceError);
  });

  it('is accepted once when several are applied at once', async () => {
    const results = await Promise.allSettled(
      ['v1', 'v2', 'v3', 'v4'].map((release) => target.apply('qa', desire(release), 0, effect(1))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PreconditionFailedError);
    }
    expect((await target.status('qa', signal)).generation).toBe(1);
  });

  it('is not written any more when the caller has given up', async () => {
    const abort = AbortSignal.abort(new Error('given up'));
    await expect(target.apply('qa', desire('v1'), 0, { ...effect(1), signal: abort })).rejects.toThrow('given up');
    expect((await target.status('qa', signal)).generation).toBe(0);
  });

  it.each([
    ['a tag instead of a digest', { digest: 'latest' }],
    ['a service named like a path', { name: '../api' }],
  ])('with %s is refused', async (_case, change) => {
    const services = desire('v1').services.map((service) => ({ ...service, ...change }));
    await expect(target.apply('qa', { ...desire('v1'), services }, 0, effect(1))).rejects.toThrow();
    expect((await target.status('qa', signal)).generation).toBe(0);
  });

  it('grows the generation by one per accepted change, and by nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uuid(),
        fc.array(fc.record({ release: fc.constantFrom('v1', 'v2'), expected: fc.nat(4), fence: fc.nat(3) })),
        async (id, calls) => {
          const model = { generation: 0, release: '', fence: 0 };
          for (const { release, expected, fence } of calls) {
            const outcome = await target.apply(id, desire(release), expected, effect(fence)).then(
              ({ generation }) => generation,
              (error: unknown) => (error instanceof Error ? error.name : String(error)),
            );
            if (fence < model.fence) {
              expect(outcome).toBe('StaleFenceError');
              continue;
            }
            model.fence = fence;
            if (model.release !== release && expected !== model.generation) {
              expect(outcome).toBe('PreconditionFailedError');
              continue;
            }
            if (model.release !== release) model.generation += 1;
            model.release = release;
            expect(outcome).toBe(model.generation);
          }
          expect((await target.status(id, signal)).generation).toBe(model.generation);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a file that was damaged', () => {
  it.each([
    ['deployment.json', '{'],
    ['deployment.json', '{"generation":-1}'],
    ['status.json', '{"phase":"great"}'],
  ])('%s is named, and its content is not repeated', async (file, content) => {
    await target.apply('qa', desire('v1'), 0, effect(1));
    await writeFile(join(root, 'qa', file), content);
    const failure: unknown = await target.status('qa', signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidRecordError);
    expect(String(failure)).toContain(join(root, 'qa', file));
    expect(String(failure)).not.toContain('great');
  });
});
