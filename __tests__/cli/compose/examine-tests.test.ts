import { expect } from '@jest/globals';
import { examineTests } from '../../../cli/compose/examine-tests.ts';
import type { SessionService } from '../../../cli/session.ts';
import type { TestEvent } from '../../../engine/promotion-service.ts';
import { fakeSession } from '../support/fake-session.ts';
import { doctorWorld, findingsOf, stateOf } from './doctor-fixture.ts';

const result = (name: string, verdict: 'passed' | 'failed'): TestEvent => ({
  ...{ kind: 'result', category: 'security', name, verdict, detail: 'answered 200', remedy: undefined },
});

async function examined(events: readonly TestEvent[] | Error) {
  const asked: unknown[] = [];
  const testEnvironment: SessionService['testEnvironment'] = async function* (_actor, request) {
    asked.push(request);
    if (events instanceof Error) throw events;
    yield* events;
  };
  const { service } = fakeSession({ testEnvironment });
  const running = [stateOf('staging'), stateOf('production')];
  const findings = await findingsOf(examineTests(doctorWorld({ service, running })));
  return { asked, findings };
}

describe('tests of environments, as doctor runs them', () => {
  it('are run where releases come from, without those of the team’s own', async () => {
    const { asked, findings } = await examined([result('a', 'passed'), result('b', 'passed')]);
    // Nothing leaves production.
    expect(asked).toEqual([{ application: 'shop', environment: 'staging', leavesOut: ['custom'] }]);
    expect(findings).toEqual([{ subject: 'tests · staging', level: 'ok', detail: '2 passed' }]);
  });

  it('that fail say the first one, and which command says what to do about each', async () => {
    const { findings } = await examined([result('a', 'passed'), result('no token', 'failed'), result('c', 'failed')]);
    expect(findings).toMatchObject([
      {
        level: 'fail',
        detail: '2 of 3 fail; the first: no token: answered 200',
        remedy: expect.stringContaining('promote test staging shop'),
      },
    ]);
  });

  it('that cannot be run are told', async () => {
    const { findings } = await examined(new Error('the function is gone'));
    expect(findings).toMatchObject([{ level: 'warn', detail: 'could not be run: the function is gone' }]);
  });
});
