import { preflightCheckNames, requireSpace } from '../../../engine/preflight/preflight-check.ts';
import { preflightChecks } from '../../../engine/preflight/preflight-checks.ts';
import { PreflightError, runPreflight } from '../../../engine/preflight/run-preflight.ts';
import { PlatformAwayError } from '../../../engine/deployment/local/local-deployment-target.ts';
import { BranchNotFoundError } from '../../../engine/configuration/git-configuration-repository.ts';
import { classifyError } from '../../../engine/workflow/errors/classify-error.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';

const { signal } = new AbortController();

async function failureOf(ports: Partial<Ports>): Promise<unknown> {
  const context = { ports: ports as Ports, definition: sampleDefinition([]), release: sampleRelease, signal };
  return runPreflight(context, ['configuration', 'deployment'], () => undefined).catch((error: unknown) => error);
}
const configuration = (error: Error): Pick<Ports, 'configuration'> =>
  ({ configuration: () => ({ reach: () => Promise.reject(error) }) }) as unknown as Pick<Ports, 'configuration'>;
const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' });

describe('the preflight', () => {
  it('has a check for everything that there is to need', () => {
    expect(preflightChecks.map(({ name }) => name)).toEqual(preflightCheckNames);
  });

  it('is tried again when all that failed may pass, and not when something of it will not', async () => {
    const deployment = new MemoryDeployment();
    const passing = await failureOf({ ...configuration(refused), deployment });
    expect(passing).toBeInstanceOf(PreflightError);
    expect(classifyError(passing)).toMatchObject({ category: 'NETWORK', isRetryable: true, code: 'ECONNREFUSED' });
    deployment.reach = () => Promise.reject(refused);
    const branch = new BranchNotFoundError('staging', '/configuration.git');
    const lasting = await failureOf({ ...configuration(branch), deployment });
    expect(classifyError(lasting)).toMatchObject({ category: 'VALIDATION', isRetryable: false });
    expect(classifyError(lasting).message).toMatch(/no branch staging[^]*ECONNREFUSED/);
  });

  it('names the platform first, which takes most of the rest with it, and what brings that back', async () => {
    const deployment = new MemoryDeployment();
    deployment.reach = () => Promise.reject(new PlatformAwayError());
    const { message, remedy } = classifyError(await failureOf({ ...configuration(refused), deployment }));
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'nothing was changed, because what it needs is not there',
      'deployment of staging',
      'configuration configuration',
    ]);
    expect(remedy).toMatch(/^Start it with npm start/);
  });

  it('ends with what aborted it', async () => {
    const aborted = AbortSignal.abort(new Error('lease lost'));
    const context = {
      ports: configuration(refused) as Ports,
      definition: sampleDefinition([]),
      release: sampleRelease,
    };
    await expect(runPreflight({ ...context, signal: aborted }, ['configuration'], () => undefined)).rejects.toThrow(
      'lease lost',
    );
  });

  it('asks for what is needed and a reserve, and for nothing where nobody can tell what there is', () => {
    const reserve = 64 * 1024 * 1024;
    expect(requireSpace('copying', reserve + 10, 10)).toBe('64 MiB free');
    expect(() => requireSpace('copying', reserve + 9, 10)).toThrow(/^copying needs 65 MiB, and 64 MiB are free$/);
    expect(requireSpace('copying', undefined, 10)).toBe('writable');
  });
});
