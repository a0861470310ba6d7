import { describe, expect, it } from '@jest/globals';
import { sampleRelease } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const asked: unknown[] = [];
const session = fakeSession({
  adoptRunning: (_actor, request) => {
    asked.push(request);
    return Promise.resolve({
      environment: 'production',
      release: sampleRelease({ name: '2026.11.1' }),
      isNew: true,
      configurationCommit: 'c0ffee7'.padEnd(40, '0'),
      schemaVersion: 3,
    });
  },
});

describe('promote adopt', () => {
  it('says what was found and recorded', async () => {
    const { exitCode, out } = await record(['adopt', '--env', 'prod'], { session });
    expect([exitCode, asked.at(-1)]).toEqual([0, { application: undefined, environment: 'prod', release: undefined }]);
    expect(out).toBe(`shop 2026.11.1 is the baseline of production, verified from now on
  images           web  sha256:222222222222
  configuration    c0ffee7
  database         schema 3
  flags            none
  release          made of what runs
`);
  });

  it('takes the application from PROMOTE_APPLICATION, and is JSON for a program', async () => {
    const environment = { PROMOTE_APPLICATION: 'shop' };
    const { out } = await record(['adopt', '--env', 'prod', '--release', 'base', '--json'], { session, environment });
    expect(asked.at(-1)).toEqual({ application: 'shop', environment: 'prod', release: 'base' });
    expect(JSON.parse(out)).toMatchObject({ release: '2026.11.1', isNew: true, schemaVersion: 3 });
  });

  it('needs an environment', async () => {
    expect(await record(['adopt', 'shop'])).toMatchObject({ exitCode: 2 });
  });
});
