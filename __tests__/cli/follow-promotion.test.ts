import { NotMeasuredError } from '../../engine/deployment/not-measured-error.ts';
import type { StepRecord } from '../../engine/promotion-service.ts';
import { RefusedError } from '../../engine/promotion-service.ts';
import { classifyError } from '../../engine/workflow/errors/classify-error.ts';
import { afterStart, doneStep, sampleStep, sampleSteps, sampleView } from '../../scripts/sample-promotion.ts';
import { fakeSession } from './support/fake-session.ts';
import { record } from './support/recorded-command.ts';
import { showing } from './support/showing-promotion.ts';

const run = ['run', 'shop', '--release', 'v2', '--to', 'staging'];

const error = {
  category: 'UNKNOWN',
  severity: 'HIGH',
  isRetryable: false,
  message: 'orders answers 500 at /version\nthe database refused: password is\u001b[2J wrong',
  code: undefined,
  remedy: 'Look at what the service logged.',
} as const;

const failedVerify = sampleStep('verify', {
  status: 'failed',
  attempt: 1,
  startedAt: afterStart(5.2),
  finishedAt: afterStart(6.4),
  error,
});

function undone(step: StepRecord, summary: string): StepRecord {
  return { ...step, compensation: { status: 'done', attempt: 1, summary, checkpoint: undefined, error: undefined } };
}

const rollback = {
  trigger: 'automatic',
  reason: 'verify: orders answers 500',
  requestedBy: 'promotion-process',
  at: afterStart(6.4),
  acceptsDataLoss: false,
} as const;

const undoing = sampleStep('deploy', {
  status: 'done',
  compensation: { status: 'running', attempt: 1, summary: undefined, checkpoint: undefined, error: undefined },
});

const undoneSteps = [
  ...sampleSteps.slice(0, 3),
  ...[
    ['promote-configuration', 'no value had come into force'],
    ['migrate-database', 'kept the schema: v1 runs on it; no row is lost'],
    ['promote-artifacts', 'no tag of v2 is left there; images stay, addressed by digest'],
    ['deploy', 'v1 serves again'],
  ].map(([name = '', summary = '']) =>
    undone(sampleSteps.find((step) => step.name === name) ?? sampleStep(name), summary),
  ),
  failedVerify,
  doneStep('verify-rollback', 8, 8.1, 'v1 healthy in staging'),
];

describe('following a promotion', () => {
  it('prints a line for each step as it finishes, and the total', async () => {
    const { session } = showing([
      sampleView({ state: 'INITIALIZING', steps: [] }),
      sampleView({ state: 'PROMOTION_RUNNING', steps: sampleSteps.slice(0, 3) }),
      sampleView(),
    ]);
    const { exitCode, out, isSessionClosed } = await record(run, { session });
    expect(out).toBe(`Promoting shop v2  dev → staging                       pr-7f3a
  ✔ conditions     6 gates passed                                  0.4 s   tests 214/214 · coverage 91 % ≥ 80 %
  ✔ approval       not required on this path
  ✔ back-up        commit 9c1e2f4 · database 1,204 rows            0.8 s
  ✔ configuration  1 value changed in staging/values.yaml          0.2 s
  ✔ database       1 expand migration, lock ≤ 12 ms                0.3 s
  ✔ artifacts      3 images by digest, 2 there already             0.4 s
  ✔ deploy         rolling, 0 of 1,922 requests failed             3.1 s
  ✔ verify         3 services healthy in 4 looks, slowest 12 ms    5.0 s
  Promoted in 10.6 s
`);
    expect(exitCode).toBe(0);
    expect(isSessionClosed).toBe(true);
  });

  it('tells beside what it took how long it lay failed before it was tried again', async () => {
    const endedAt = afterStart(190.6);
    const { session } = showing([sampleView({ endedAt, updatedAt: endedAt, layFailedMs: 180_000 })]);
    expect((await record(run, { session })).out).toContain('  Promoted in 10.6 s, beside 3 min that it lay failed\n');
  });

  it('says what failed, the error verbatim, what was undone and kept, and the next command', async () => {
    const view = sampleView(
      {
        state: 'ROLLED_BACK',
        steps: undoneSteps,
        rollback,
        failure: { step: 'verify', error, requirementsNotMet: false },
      },
      { bad: { since: afterStart(9), reason: 'verify: orders answers 500', by: 'promotion-process' } },
    );
    const { exitCode, out } = await record(run, { session: showing([view]).session });
    expect(out.slice(out.indexOf('  ✖ verify')))
      .toBe(`  ✖ verify         orders answers 500 at /version                  1.2 s
  Taking it back: verify: orders answers 500 (by itself)
  ↩ deploy         v1 serves again
  ↩ artifacts      no tag of v2 is left there; images stay, addressed by digest
  ↩ database       kept the schema: v1 runs on it; no row is lost
  ↩ configuration  no value had come into force
  ✔ verify         v1 healthy in staging                           0.1 s

shop v2 was not promoted to staging: verify failed, and everything was taken back.

  orders answers 500 at /version
  the database refused: password is\\u001b[2J wrong

Undone  deploy         v1 serves again
        artifacts      no tag of v2 is left there; images stay, addressed by digest
        configuration  no value had come into force
Kept    back-up        commit 9c1e2f4 · database 1,204 rows
        database       schema as it is: v1 runs on it; no row is lost
v2 is marked bad and will not be promoted again: verify: orders answers 500

Next:  promote logs pr-7f3a --step verify
`);
    expect(exitCode).toBe(5);
  });

  it('proposes to promote again what was taken back because nobody knew how it was, with what to do before', async () => {
    const unknown = classifyError(new NotMeasuredError('too little traffic', ['canary-failure']));
    const failure = { step: 'shift-canary', error: unknown, requirementsNotMet: false };
    const view = sampleView({ state: 'ROLLED_BACK', steps: undoneSteps, rollback, failure });
    const { out } = await record(run, { session: showing([view]).session });
    expect(out).not.toContain('marked bad');
    expect(out).toContain(
      'Next:  promote run shop --release v2 --from dev --to staging     (Nothing is known against the release: give it more traffic or a longer canary, ',
    );
  });

  it('proposes to look at a hotfix as a hotfix', async () => {
    const view = sampleView({
      state: 'FAILED',
      lane: 'hotfix',
      failure: { step: 'validate-conditions', error, requirementsNotMet: true },
    });
    const { out } = await record(run, { session: showing([view]).session });
    expect(out).toContain('validate shop --release v2 --from dev --to staging --hotfix ');
  });

  it('ends with 3 when requirements are not met, and proposes to look without changing anything', async () => {
    const steps = [sampleStep('validate-conditions', { ...failedVerify, name: 'validate-conditions' })];
    const view = sampleView({
      state: 'FAILED',
      steps,
      failure: { step: 'validate-conditions', error, requirementsNotMet: true },
    });
    const { exitCode, out } = await record(run, { session: showing([view]).session });
    expect(exitCode).toBe(3);
    expect(out).toContain(
      'shop v2 may not be promoted to staging: the requirements that conditions looks at are not met.',
    );
    expect(out).toContain('Nothing was changed in staging.');
    expect(out).toMatch(
      /Next: {2}promote validate shop --release v2 --from dev --to staging {5}\(says of each requirement what to do\)\n$/,
    );
  });

  it('says which data a rollback that failed waits for a decision about', async () => {
    const refusal = {
      ...error,
      message: 'migration 004 discards rows. A person must decide: promote rollback --accept-loss',
    };
    const steps = undoneSteps.map((step) =>
      step.name === 'migrate-database' && step.compensation !== undefined
        ? { ...step, compensation: { ...step.compensation, status: 'failed' as const, error: refusal } }
        : step,
    );
    const view = sampleView({
      state: 'ROLLBACK_FAILED',
      steps,
      rollback,
      failure: { step: 'verify', error, requirementsNotMet: false },
    });
    const { exitCode, out } = await record(run, { session: showing([view]).session });
    expect(exitCode).toBe(1);
    expect(out).toContain('could not be taken back in staging: undoing database failed.');
    expect(out).toContain(`  ${refusal.message}`);
    expect(out).toContain(
      'Kept    back-up        commit 9c1e2f4 · database 1,204 rows\n        database       could not be taken back',
    );
    expect(out).toContain('Next:  promote retry pr-7f3a --accept-loss');
  });

  it.each([
    ['a step that ran', sampleStep('await-approval', { status: 'running', attempt: 1, startedAt: afterStart(0.4) })],
    ['an undoing', undoing],
  ])('says that the worker is gone and until when another takes over, never that %s runs', async (_, step) => {
    const goneRun = { hasBegun: true, silentSeconds: 22, takeOverAt: afterStart(30), takeOverInSeconds: 8 };
    const lost = sampleView({
      state: 'PENDING_APPROVAL',
      endedAt: undefined,
      steps: [...sampleSteps.slice(0, 1), step],
      goneRun,
    });
    const said = 'its worker is gone, not heard of for 22 s; another takes over by 2026-11-21 14:02:30 UTC';
    const { out } = await record(run, { session: showing([lost, lost, sampleView()]).session, isInteractive: true });
    expect(out.split(`  ! ${said}`)).toHaveLength(2);
    expect(out).toContain(said);
    expect(out).not.toMatch(/running, for|taking it back, for/);
    const json = await record([...run, '--json'], { session: showing([lost, sampleView()]).session });
    expect(json.out).toContain('{"type":"worker-gone","goneRun":{"hasBegun":true,"silentSeconds":22,"takeOverAt":');
  });

  it('names each thing that is looked at again once, however many of its steps are', async () => {
    const names = ['validate-conditions', 'await-approval', 'await-window', 'confirm-window', 'revalidate'];
    const seen = names.map((name, at) => doneStep(name, at, at + 1, 'fine'));
    const running = { state: 'VALIDATION_RUNNING', endedAt: undefined } as const;
    const { session } = showing([
      sampleView({ ...running, steps: seen }),
      sampleView({ ...running, steps: names.map((name) => sampleStep(name)) }),
      sampleView(),
    ]);
    const { out } = await record(run, { session });
    expect(out).toContain('what was checked has changed; again: conditions, approval, window, gates\n');
  });

  it('keeps due work going while it looks', async () => {
    const running = sampleView({ state: 'PROMOTION_RUNNING', steps: [], endedAt: undefined });
    const { session, ticks } = showing([running, running, running, sampleView()]);
    await record(run, { session });
    expect(ticks()).toBe(4);
  });

  it('says on ctrl-C that the promotion goes on, and how to look at it', async () => {
    const running = sampleView({ state: 'PROMOTION_RUNNING', steps: [], endedAt: undefined });
    const { exitCode, out } = await record(run, { session: showing([running]).session, interruptedAtSleep: 2 });
    expect(exitCode).toBe(130);
    expect(out).toContain('pr-7f3a goes on without this terminal.\nNext:  promote logs pr-7f3a --follow\n');
  });

  it('shows on a terminal what a parked step waits for and since when, on one line that is erased', async () => {
    const parked = {
      reason: 'rollout',
      detail: 'staging is rolling out v2',
      since: afterStart(58),
      until: afterStart(61),
    } as const;
    const steps = [sampleStep('deploy', { status: 'parked', attempt: 1, startedAt: afterStart(58) })];
    const waiting = sampleView({ state: 'TRIGGERING_DEPLOYMENT', endedAt: undefined, parked, steps });
    const { out } = await record(run, { session: showing([waiting, sampleView()]).session, isInteractive: true });
    expect(out).toContain('\r\u001b[2K  ◷ deploy: staging is rolling out v2, for 2.0 s now\r\u001b[2K');
  });

  it('writes nothing that moves where nobody watches', async () => {
    const parked = {
      reason: 'rollout',
      detail: 'staging is rolling out v2',
      since: afterStart(58),
      until: afterStart(61),
    } as const;
    const waiting = sampleView({ state: 'TRIGGERING_DEPLOYMENT', endedAt: undefined, parked, steps: [] });
    const { out } = await record(run, { session: showing([waiting, sampleView()]).session });
    expect(out).not.toContain('\r');
    expect(out).not.toContain('\u001b');
  });

  it('prints one JSON document a line, the last with the exit code', async () => {
    const view = sampleView({ state: 'ROLLED_BACK', steps: undoneSteps, rollback });
    const { exitCode, out } = await record([...run, '--json'], { session: showing([view]).session });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly exitCode?: number });
    expect(lines.map(({ type }) => type)).toEqual([
      'started',
      ...['step', 'step', 'step', 'step', 'step', 'step', 'step', 'step'],
      'taking-back',
      ...['undo', 'undo', 'undo', 'undo'],
      'step',
      'ended',
    ]);
    expect(lines.at(-1)?.exitCode).toBe(exitCode);
  });

  it('only asks and leaves with 4 when told not to wait', async () => {
    const { exitCode, out } = await record([...run, '--no-wait'], {
      session: showing([sampleView({ state: 'INITIALIZING' })]).session,
    });
    expect(exitCode).toBe(4);
    expect(out).toContain('It runs by itself from here.');
  });

  it('passes on everything that was asked for', async () => {
    const asked: unknown[] = [];
    const session = fakeSession({
      run: (actor, request) => {
        asked.push({ actor: actor.id, ...request });
        return Promise.reject(new RefusedError('v2: The release is not verified in dev.', true));
      },
    });
    const words = [
      ...run,
      '--from',
      'dev',
      '--reason',
      'because',
      '--key',
      'build-7',
      '--dry-run',
      '--again',
      '--override-freeze',
    ];
    const { exitCode, errors } = await record(words, { session });
    expect(asked).toEqual([
      {
        actor: 'ana',
        application: 'shop',
        release: 'v2',
        to: 'staging',
        from: 'dev',
        reason: 'because',
        onBehalfOf: undefined,
        forces: false,
        skipsValidation: false,
        autoApproves: false,
        isDryRun: true,
        isHotfix: false,
        isAgain: true,
        overridesFreezes: true,
        idempotencyKey: 'build-7',
      },
    ]);
    expect(errors).toBe('error: v2: The release is not verified in dev.\n');
    expect(exitCode).toBe(3);
  });

  it('shows the plan of a dry run and that nothing was changed', async () => {
    const plan = {
      hash: 'c0ffee7abc',
      body: {
        images: [
          {
            service: 'web',
            repository: 'r',
            digest: `sha256:${'b'.repeat(64)}`,
            change: 'changed',
            before: `sha256:${'a'.repeat(64)}`,
          },
        ],
        configuration: { base: 'x', changes: [{ path: 'web.replicas', before: 1, after: 2 }] },
        database: {
          name: 'd',
          schemaVersion: 2,
          migrations: [{ version: 3, name: 'gift_notes', kind: 'expand', statements: ['a', 'b'], checksum: '' }],
        },
        flags: { revision: 'x', added: ['gift'], changed: [] },
        target: { release: 'v1', generation: 1 },
        irreversible: [],
      },
    };
    const { out, exitCode } = await record([...run, '--dry-run'], {
      session: showing([{ ...sampleView({ isDryRun: true, steps: [] }), plan }]).session,
    });
    expect(out).toBe(`Dry run of shop v2  dev → staging                      pr-7f3a

Plan c0ffee7
  images           web  sha256:aaaaaaa → sha256:bbbbbbb
  configuration    web.replicas  1 → 2
  database         003 gift_notes  expand, 2 statements
  flags            gift  new
  source           unchanged
  irreversible     nothing

Nothing was changed; looked in 10.6 s.
`);
    expect(exitCode).toBe(0);
  });
});
