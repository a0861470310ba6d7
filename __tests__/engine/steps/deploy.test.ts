import { jest } from '@jest/globals';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(120_000);

let bench: StepWorkbench;
beforeEach(async () => {
  bench = await StepWorkbench.open();
  await bench.before('deploy');
});
afterEach(async () => {
  await bench.close();
});

describe('the step deploy', () => {
  it('counts the requests that failed while it rolled the release out', async () => {
    bench.deployment.traffic = { requests: 1922, failed: 0 };
    expect((await bench.finish('deploy')).summary).toBe('rolling, 0 of 1,922 requests failed');
  });

  it('says that the release runs already when nothing was rolled out, and counts none of the requests since then', async () => {
    await bench.finish('deploy');
    bench.deployment.traffic = { requests: 703, failed: 2 };
    expect(await bench.finish('deploy')).toMatchObject({
      summary: 'v2 runs already, nothing was rolled out',
      output: { requests: 0, failed: 0 },
    });
  });
});
