import { buildReport } from '../../../engine/reports/build-report.ts';
import { readReportFacts } from '../../../engine/reports/report-facts.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import { ana, sampleRelease } from '../workflow/sample-promotion.ts';
import { toldDefinition, toldError, ToldPromotion } from './told-promotion.ts';

const inSeconds = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const does = (step: string, output = {}) => [
  (draft: Draft) => {
    draft.startStep(step, engineActor);
  },
  (draft: Draft) => {
    draft.finishStep(step, engineActor, `${step} done`, output, {});
  },
];

function runs(told: ToldPromotion, step: string, seconds: number, output = {}): ToldPromotion {
  const [begins, ends] = does(step, output);
  return told.after(0, begins ?? (() => undefined)).after(seconds, ends ?? (() => undefined));
}

/** The network fails twice, then a step that nobody can mend; everything is taken back. */
function rolledBack(): ToldPromotion {
  const told = new ToldPromotion({ reason: 'new checkout' });
  told.after(0, (draft) => {
    draft.append('requested', ana, { reason: 'new checkout' });
    for (const state of ['VALIDATING_CONDITIONS', 'PENDING_APPROVAL', 'APPROVAL_GRANTED', 'QUEUED'] as const) {
      draft.moveTo(state, engineActor);
    }
    draft.acquireSlot(engineActor, []);
    for (const state of ['VALIDATION_RUNNING', 'VALIDATION_PASSED', 'PROMOTION_RUNNING'] as const) {
      draft.moveTo(state, engineActor);
    }
  });
  runs(told, 'back-up', 2);
  told.after(0, (draft) => {
    draft.startStep('migrate-database', engineActor);
  });
  for (const wait of [2, 4]) {
    told.after(1, (draft, now) => {
      draft.retryStep('migrate-database', engineActor, toldError(), inSeconds(now, wait));
    });
    told.after(wait, (draft) => {
      draft.startStep('migrate-database', engineActor);
    });
  }
  told.after(1, (draft) => {
    draft.finishStep('migrate-database', engineActor, '1 migration', {}, {});
  });
  const fatal = toldError({ category: 'DOCKER', severity: 'CRITICAL', message: 'exit code 1', code: undefined });
  told.after(0, (draft) => {
    draft.moveTo('PROMOTION_RUNNING', engineActor);
    draft.moveTo('PROMOTION_SUCCEEDED', engineActor);
    draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
    draft.startStep('deploy', engineActor);
  });
  told.after(3, (draft, at) => {
    draft.failStep('deploy', engineActor, fatal);
    draft.fail('deploy', engineActor, fatal, false);
    draft.moveTo('PROMOTION_FAILED', engineActor);
    const rollback = { trigger: 'automatic', reason: 'deploy: exit code 1', requestedBy: 'engine', at } as const;
    draft.requestRollback({ ...rollback, acceptsDataLoss: false }, engineActor);
    draft.moveTo('ROLLING_BACK', engineActor);
    draft.startCompensation('deploy', engineActor);
  });
  told.after(5, (draft) => {
    draft.finishCompensation('deploy', engineActor, 'v1 serves again', {});
    draft.startCompensation('migrate-database', engineActor);
    draft.finishCompensation('migrate-database', engineActor, 'kept the schema', {});
    draft.releaseSlot(engineActor);
    draft.moveTo('ROLLED_BACK', engineActor);
  });
  return told;
}

describe('a report', () => {
  it('tells every entry of the trail in its order, in words', () => {
    const told = rolledBack();
    const { timeline, audit } = buildReport(told.facts);
    expect(timeline.map(({ seq }) => seq)).toEqual(told.events.map(({ seq }) => seq));
    expect(timeline.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'asked for it: new checkout',
        'database failed and is tried again: connect ECONNREFUSED',
        'deploy failed: exit code 1',
        'is to be taken back (automatic): deploy: exit code 1',
        'deploy undone: v1 serves again',
        'rolled back',
      ]),
    );
    expect(timeline.filter(({ type, text }) => text === type)).toEqual([]);
    expect(audit).toEqual({ entries: told.events.length, head: told.events.at(-1)?.hash });
  });

  it('counts errors by severity and by category, and says of each what was tried and how long it waited', () => {
    const { errors } = buildReport(rolledBack().facts);
    expect(errors.bySeverity).toEqual({ CRITICAL: 1, HIGH: 2, MEDIUM: 0, LOW: 0 });
    expect(errors.byCategory).toMatchObject({ NETWORK: 2, DOCKER: 1, UNKNOWN: 0 });
    expect(
      errors.list.map(({ step, attempt, severity, then, backoffSeconds }) => [
        step,
        attempt,
        severity,
        then,
        backoffSeconds,
      ]),
    ).toEqual([
      ['migrate-database', 1, 'HIGH', 'tried again', 2],
      ['migrate-database', 2, 'HIGH', 'tried again', 4],
      ['deploy', 1, 'CRITICAL', 'gave up', null],
    ]);
    expect(errors.list[0]).toMatchObject({ code: 'ECONNREFUSED', remedy: 'Start the service.', mode: 'run' });
  });

  it('tells errors of undoing from errors of doing', () => {
    const told = new ToldPromotion({ state: 'ROLLING_BACK' });
    told.after(0, (draft) => {
      draft.startCompensation('deploy', engineActor);
    });
    told.after(1, (draft, now) => {
      draft.retryCompensation('deploy', engineActor, toldError(), inSeconds(now, 7));
    });
    told.after(7, (draft) => {
      draft.startCompensation('deploy', engineActor);
      draft.failCompensation('deploy', engineActor, toldError({ severity: 'CRITICAL' }));
      draft.moveTo('ROLLBACK_FAILED', engineActor);
    });
    expect(buildReport(told.facts).errors.list).toMatchObject([
      { mode: 'undo', attempt: 1, then: 'tried again', backoffSeconds: 7 },
      { mode: 'undo', attempt: 2, then: 'gave up' },
    ]);
  });

  it('counts what optional steps were passed over for, against what the rules allow', () => {
    const told = new ToldPromotion({
      state: 'GENERATING_REPORTS',
      definition: { ...toldDefinition, errorLimits: { medium: 2 } },
    });
    told.after(0, (draft) => {
      draft.startStep('notify', engineActor);
      draft.passOverStep('notify', engineActor, toldError({ severity: 'MEDIUM' }));
    });
    const { errors, steps } = buildReport(told.facts);
    expect(errors.passedOver).toEqual({ MEDIUM: { count: 1, limit: 2 }, LOW: { count: 0, limit: null } });
    expect(errors.list).toMatchObject([{ then: 'passed over' }]);
    expect(steps.find(({ name }) => name === 'notify')).toMatchObject({ status: 'skipped' });
  });

  it('says how long each step took, how much of that was waiting, and what was waited for', () => {
    const { steps, waits, timing } = buildReport(rolledBack().facts);
    expect(steps.find(({ name }) => name === 'back-up')).toMatchObject({ tookMs: 2000, waitedMs: 0, attempts: 1 });
    expect(steps.find(({ name }) => name === 'migrate-database')).toMatchObject({
      tookMs: 9000,
      waitedMs: 6000,
      attempts: 3,
    });
    expect(steps.find(({ name }) => name === 'deploy')?.undo).toMatchObject({ status: 'done', tookMs: 5000 });
    expect(waits).toMatchObject([
      { reason: 'retry', tookMs: 2000 },
      { reason: 'retry', tookMs: 4000 },
    ]);
    expect(timing).toMatchObject({ tookMs: 19_000, waitedMs: 6000 });
  });

  it('does not end a wait at what somebody notes meanwhile', () => {
    const told = new ToldPromotion({ state: 'PENDING_APPROVAL' });
    told.after(0, (draft) => {
      draft.startStep('await-approval', engineActor);
      draft.parkStep('await-approval', engineActor, { reason: 'approval', detail: 'SRE', until: undefined }, {});
    });
    told.after(60, (draft) => {
      draft.append('note', ana, { text: 'asked again' });
    });
    expect(buildReport(told.facts).waits).toMatchObject([{ until: null }]);
    told.after(60, (draft) => {
      draft.startStep('await-approval', engineActor);
      draft.finishStep('await-approval', engineActor, 'granted', {}, {});
    });
    expect(buildReport(told.facts).waits).toMatchObject([{ reason: 'approval', detail: 'SRE', tookMs: 120_000 }]);
  });

  it('says what was undone, the last first, and what stays', () => {
    const { undone, kept } = buildReport(rolledBack().facts);
    expect(undone).toEqual([{ step: 'deploy', summary: 'v1 serves again' }]);
    expect(kept).toEqual([
      { step: 'back-up', summary: 'back-up done' },
      { step: 'migrate-database', summary: 'schema as it is' },
    ]);
  });

  it('says which check was judged by which evidence against what, and who overruled it', () => {
    const definition = {
      ...toldDefinition,
      gates: [
        { gate: 'coverage', config: { minimumPercent: 80 }, onMissing: 'fail', maxAgeSeconds: 3600 } as const,
        {
          gate: 'custom',
          name: 'licences',
          config: { name: 'licences' },
          onMissing: 'fail',
          maxAgeSeconds: undefined,
        } as const,
        {
          gate: 'slo',
          config: { from: 'an engine that knew it otherwise' },
          onMissing: 'fail',
          maxAgeSeconds: undefined,
        } as const,
      ],
    };
    const told = new ToldPromotion({ state: 'VALIDATING_CONDITIONS', definition });
    told.evidence = [
      {
        id: 'e1',
        releaseDigest: 'd',
        collectedAt: told.now,
        source: 'CI 4711',
        fact: { kind: 'coverage', linesPercent: 79.9 },
      },
    ];
    runs(told, 'validate-conditions', 1, {
      gates: [
        { gate: 'coverage', verdict: 'fail', detail: '79.9 % < 80 %', evidence: ['e1', 'gone'], forcedBy: 'olga' },
        { gate: 'licences', verdict: 'pass', detail: 'all known', evidence: [] },
        { gate: 'slo', verdict: 'pass', detail: '99.9 %', evidence: [] },
      ],
    });
    expect(buildReport(told.facts).checks).toEqual([
      {
        step: 'validate-conditions',
        check: 'coverage',
        verdict: 'fail',
        detail: '79.9 % < 80 %',
        threshold: 'coverage ≥ 80 %, at most 1 h old',
        evidence: [
          { id: 'e1', kind: 'coverage', source: 'CI 4711', collectedAt: told.evidence[0]?.collectedAt.toISOString() },
          { id: 'gone', kind: null, source: null, collectedAt: null },
        ],
        forcedBy: 'olga',
      },
      expect.objectContaining({ check: 'licences', threshold: 'licences', forcedBy: null }),
      expect.objectContaining({ check: 'slo', threshold: expect.stringContaining('an engine that knew it') as string }),
    ]);
  });

  it('says of each image where it came from, where it went, under which tags, and how large it is', () => {
    const steps = toldDefinition.steps.map((step) =>
      step.name === 'promote-artifacts' ? { ...step, config: { tagTemplate: '<env>-<release>' } } : step,
    );
    const told = new ToldPromotion({ state: 'PROMOTION_RUNNING', definition: { ...toldDefinition, steps } });
    expect(buildReport(told.facts).images).toMatchObject([{ sizeBytes: null, destination: { tag: 'staging-v2' } }]);
    runs(told, 'validate-artifacts', 1, { sizes: [{ service: 'api', bytes: 4711 }] });
    runs(told, 'promote-artifacts', 1, {
      registry: [{ service: 'api', fromTag: 'dev-v2', toTag: 'staging-v2', copiedBytes: 1 }],
    });
    expect(buildReport(told.facts).images).toEqual([
      {
        service: 'api',
        digest: sampleRelease.content.images[0]?.digest,
        source: { repository: 'dev/api', tag: 'dev-v2' },
        destination: { repository: 'staging/api', tag: 'staging-v2' },
        sizeBytes: 4711,
        before: null,
      },
    ]);
  });

  it('says who decided what, when, in which words, over which plan, and under which conditions', () => {
    const definition = {
      ...toldDefinition,
      approvalStages: [{ name: 'SRE', roles: ['sre'], people: [], minimumApprovals: 2, timeoutSeconds: 3600 }],
    };
    const told = new ToldPromotion({ state: 'PENDING_APPROVAL', planHash: 'new', definition });
    const vote = { stage: 'SRE', decision: 'approved', comment: 'tried it', at: told.now } as const;
    told.after(1, (draft) => {
      draft.vote({ ...vote, actor: 'ben', planHash: 'old' }, { ...ana, id: 'ben' });
      draft.vote({ ...vote, actor: 'cleo', planHash: 'new', comment: undefined }, { ...ana, id: 'cleo' });
    });
    const at = vote.at.toISOString();
    expect(buildReport(told.facts).approvals).toEqual({
      isAutomaticWhenGatesPass: false,
      samePersonMayFillStages: false,
      stages: [{ name: 'SRE', roles: ['sre'], people: [], minimumApprovals: 2, timeoutSeconds: 3600 }],
      votes: [
        {
          stage: 'SRE',
          by: 'ben',
          decision: 'approved',
          at,
          comment: 'tried it',
          planHash: 'old',
          isOverThisPlan: false,
        },
        { stage: 'SRE', by: 'cleo', decision: 'approved', at, comment: null, planHash: 'new', isOverThisPlan: true },
      ],
    });
  });

  it('says why it ended before anything moved', () => {
    const told = new ToldPromotion({ state: 'PENDING_APPROVAL' });
    told.after(1, (draft) => {
      draft.append('ended', engineActor, { reason: 'nobody decided within 3600 s' });
      draft.moveTo('EXPIRED', engineActor);
    });
    expect(buildReport(told.facts).outcome).toMatchObject({
      state: 'EXPIRED',
      hasEnded: true,
      reason: 'ended: nobody decided within 3600 s',
      failure: null,
      rollback: null,
    });
  });

  it('says of one that goes on what it waits for', () => {
    const told = new ToldPromotion({ state: 'PENDING_APPROVAL' });
    told.after(1, (draft) => {
      draft.startStep('await-approval', engineActor);
      draft.parkStep('await-approval', engineActor, { reason: 'approval', detail: '1 of 2 SRE', until: undefined }, {});
    });
    expect(buildReport(told.facts).outcome).toMatchObject({ hasEnded: false, waitsFor: '1 of 2 SRE' });
  });

  it('is the same whenever it is made, whatever came to the trail since it was looked at', async () => {
    const told = rolledBack();
    const { promotion, events, votes, ticks, changes, openItems, evidence } = told.facts;
    const before = JSON.stringify(buildReport(told.facts));
    const late = new ToldPromotion(promotion);
    late.after(100, (draft) => {
      draft.append('note', ana, { text: 'late' });
    });
    const facts = await readReportFacts(
      {
        events: async () => [...events, ...late.events],
        votes: async () => votes,
        ticks: async () => ticks,
        changesOf: async () => changes,
        openItems: async () => openItems,
        evidence: async () => evidence,
        plan: async () => undefined,
      },
      promotion,
      sampleRelease,
    );
    expect(JSON.stringify(buildReport(facts))).toBe(before);
  });

  it('holds no secret, wherever somebody typed it', () => {
    const secret = 'ghp_0123456789abcdefghij';
    const told = new ToldPromotion({ reason: `with ${secret}`, state: 'VALIDATING_CONDITIONS' });
    told.after(0, (draft) => {
      draft.append('note', ana, { text: `password=${secret}` });
      draft.startStep('validate-conditions', engineActor);
      draft.failStep('validate-conditions', engineActor, toldError({ message: `https://ana:${secret}@git.example/x` }));
    });
    const text = JSON.stringify(buildReport(told.facts));
    expect(text).not.toContain(secret);
    expect(text).toContain('***');
  });
});
