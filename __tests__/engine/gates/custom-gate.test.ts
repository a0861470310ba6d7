import type { ActionOutcome, ActionRequest } from '../../../engine/actions/action-runner.ts';
import { MissingSecretError } from '../../../engine/secrets/secret-source.ts';
import { judged } from './gate-fixture.ts';

const action = { kind: 'command', command: ['./licences'] };

function judge(answer: ActionOutcome | Error, onMissing: 'fail' | 'warn' = 'fail') {
  const seen: ActionRequest[] = [];
  const actions = {
    run: async (request: ActionRequest) => {
      seen.push(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const definition = { privateNetworks: ['10.8.0.0/16'] };
  return {
    seen,
    answer: judged('custom', { name: 'licences', action }, { ports: { actions }, onMissing, definition }),
  };
}

describe('a gate of the team’s own', () => {
  it('passes when its action succeeds, and tells it what is judged', async () => {
    const { seen, answer } = judge({ kind: 'succeeded', detail: '212 packages' });
    expect(await answer).toMatchObject({ verdict: 'pass', detail: 'licences: 212 packages' });
    expect(seen).toMatchObject([
      {
        privateNetworks: ['10.8.0.0/16'],
        facts: { PROMOTION_STEP: 'licences', PROMOTION_PURPOSE: 'check', RELEASE: 'v2', TO_ENV: 'staging' },
      },
    ]);
  });

  it('fails when it does not', async () => {
    const { answer } = judge({ kind: 'failed', detail: 'exit status 1: GPL', mayPass: false });
    expect(await answer).toMatchObject({ verdict: 'fail', detail: 'licences: exit status 1: GPL' });
  });

  it('is missing when it could not be run, which fails unless the rule says otherwise', async () => {
    const missing = new MissingSecretError('the secret TOKEN is not set');
    expect(await judge(missing).answer).toMatchObject({ verdict: 'fail' });
    const warned = await judge(missing, 'warn').answer;
    expect(warned).toMatchObject({ verdict: 'warn', detail: 'could not be judged: the secret TOKEN is not set' });
  });

  it('is missing when it was ended for want of time', async () => {
    const late = { kind: 'failed', detail: 'no end after 1 s', mayPass: true, timedOut: true } as const;
    expect(await judge(late).answer).toMatchObject({ verdict: 'fail', detail: 'licences: no end after 1 s' });
    expect(await judge(late, 'warn').answer).toMatchObject({ verdict: 'warn', detail: 'licences: no end after 1 s' });
  });
});
