import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionOutcome, ActionRequest } from '../../../engine/actions/action-runner.ts';
import type { WorkflowStore } from '../../../engine/store/workflow-store.ts';
import { custom } from '../../../engine/steps/custom.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import type { StepPhase, StepReference } from '../../../engine/workflow/definition.ts';
import { StaleFenceError } from '../../../engine/workflow/fence.ts';
import { LogBuffer } from '../../../engine/workflow/log-buffer.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { PromotionRun } from '../../../engine/workflow/run-promotion.ts';
import { isEndState } from '../../../engine/workflow/state.ts';
import type { StepDefinition } from '../../../engine/workflow/step-definition.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { MemoryWorkflowStore, ProcessDied, type Fault } from '../workflow/memory-workflow-store.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from '../workflow/sample-promotion.ts';

const { signal } = new AbortController();
let folder: string;
let ran: {
  readonly name: string;
  readonly purpose: string;
  readonly key: string;
  readonly facts: ActionRequest['facts'];
}[];
/** What the next runs of an action answer, by its program; afterwards it succeeds. */
let answers: Record<string, (ActionOutcome | Error)[]>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'custom-'));
  ran = [];
  answers = {};
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

let worlds = 0;
function ports(): Ports {
  worlds += 1;
  return {
    documents: new FolderDocumentStore(join(folder, `documents-${String(worlds)}`)),
    deployment: new MemoryDeployment('http://127.0.0.1:20000'),
    actions: {
      run: async ({ action, facts }: ActionRequest) => {
        const program = action.kind === 'command' ? (action.command[0] ?? '') : action.kind;
        const { PROMOTION_STEP: name = '', PROMOTION_PURPOSE: purpose = '', PROMOTION_KEY: key = '' } = facts;
        ran.push({ name, purpose, key, facts });
        const answer = answers[program]?.shift() ?? { kind: 'succeeded', detail: `${program} is done` };
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    // A custom step reaches for nothing else.
  } as unknown as Ports;
}

const failed = (mayPass = false): ActionOutcome => ({ kind: 'failed', detail: 'exit status 1', mayPass });
const command = (program: string) => ({
  kind: 'command',
  command: [program],
  variables: {},
  secrets: [],
  timeoutSeconds: 60,
});

function own(
  name: string,
  phase: StepPhase,
  more: { readonly undo?: string; readonly isOptional?: boolean } = {},
): StepReference {
  const { undo, isOptional = false } = more;
  return {
    name,
    uses: 'custom',
    version: custom.version,
    phase,
    isOptional,
    isCompensable: undo !== undefined,
    config: { name, action: command(name), ...(undo === undefined ? {} : { compensation: command(undo) }) },
  };
}

const builtIn = (name: string, phase: StepPhase, run?: StepDefinition['run']) =>
  sampleStep({ name, phase, ...(run === undefined ? {} : { run }) });

/** Runs a promotion of these steps of the team's own, and an engine's step that may fail behind them, to its end. */
async function promote(
  steps: readonly StepReference[],
  options: { readonly verify?: StepDefinition['run']; readonly faults?: readonly (Fault | undefined)[] } = {},
): Promise<PromotionRecord> {
  const engineSteps = [
    builtIn('look', 'initialize'),
    builtIn('verify', 'deploy', options.verify),
    builtIn('notify', 'notify'),
  ];
  const [look, verify, notify] = sampleDefinition(engineSteps).steps;
  if (look === undefined || verify === undefined || notify === undefined) throw new Error('three steps were expected');
  const isLate = ({ phase }: StepReference): boolean => phase === 'report' || phase === 'notify';
  const early = steps.filter((step) => !isLate(step));
  const definition = sampleDefinition([], { steps: [look, ...early, verify, notify, ...steps.filter(isLate)] });
  const faults = [...(options.faults ?? [])];
  const store = new MemoryWorkflowStore(samplePromotion(definition), sampleRelease, () => faults.shift());
  const engine = {
    // The runs of these steps ask this store for nothing else.
    store: store as unknown as WorkflowStore,
    ports: ports(),
    steps: new StepRegistry([...engineSteps, custom]),
    clock: new VirtualClock(moment),
    stateVersion: 2,
    random: () => 0.5,
  };
  for (let run = 0; run < 50 && !isEndState(store.record.state); run += 1) {
    await new PromotionRun(engine, new LogBuffer(engine.store), store.claim()).run().catch((error: unknown) => {
      if (!(error instanceof ProcessDied)) throw error;
    });
  }
  return store.record;
}

const names = (): string[] => ran.map(({ name, purpose }) => `${name} ${purpose}`);

describe('steps of the team’s own', () => {
  it('run in the order of the rules, each told who it is under a key of its own', async () => {
    const end = await promote([own('warm', 'move'), own('announce', 'deploy')]);
    expect(end.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(ran).toMatchObject([
      { name: 'warm', purpose: 'run', key: 'pr-0000000001:warm' },
      { name: 'announce', purpose: 'run', key: 'pr-0000000001:announce' },
    ]);
    expect(end.steps.find(({ name }) => name === 'warm')).toMatchObject({ status: 'done', summary: 'warm is done' });
  });

  it('say no more of themselves than a line bears; the log has the rest', async () => {
    const detail = 'x'.repeat(2_001);
    answers['warm'] = [{ kind: 'succeeded', detail }];
    const end = await promote([own('warm', 'move')]);
    expect(end.steps.find(({ name }) => name === 'warm')).toMatchObject({
      summary: `${'x'.repeat(159)}…`,
      output: { detail },
    });
  });

  it('are taken back in reverse when a later step fails, and only those that can be', async () => {
    const verify = () => Promise.reject(new SyntaxError('not well'));
    const steps = [
      own('one', 'move', { undo: 'un-one' }),
      own('two', 'move'),
      own('three', 'deploy', { undo: 'un-three' }),
    ];
    const end = await promote(steps, { verify });
    expect(end.state).toBe('ROLLED_BACK');
    expect(names()).toEqual(['one run', 'two run', 'three run', 'three undo', 'one undo']);
    expect(ran.at(-1)?.key).toBe('pr-0000000001:one:undo');
  });

  it('are tried again when they say that it may help, and end the promotion when not', async () => {
    answers = { warm: [failed(true)] };
    expect((await promote([own('warm', 'move')])).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(names()).toEqual(['warm run', 'warm run']);
    expect(new Set(ran.map(({ key }) => key)).size).toBe(1);

    ran = [];
    answers = { warm: [failed()] };
    const end = await promote([own('warm', 'move', { undo: 'cool' })]);
    expect(end).toMatchObject({
      state: 'ROLLED_BACK',
      failure: { step: 'warm', error: { message: 'warm: exit status 1', category: 'VALIDATION' } },
    });
    // It may have done half of it.
    expect(names()).toEqual(['warm run', 'warm undo']);
  });

  it.each([
    ['fails', failed()],
    ['cannot be run', Object.assign(new Error('spawn nothing ENOENT'), { code: 'ENOENT', syscall: 'spawn nothing' })],
  ])('that are optional are done without when one %s', async (_, answer) => {
    answers = { warm: [answer] };
    const end = await promote([own('warm', 'move', { isOptional: true }), own('next', 'move')]);
    expect(end.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(end.steps.find(({ name }) => name === 'warm')?.status).toBe('skipped');
  });

  it('that are optional are tried as often as others first', async () => {
    const unreachable = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    answers = { warm: [unreachable(), unreachable(), unreachable(), unreachable()] };
    const end = await promote([own('warm', 'move', { isOptional: true })]);
    expect(end.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(names()).toEqual(['warm run', 'warm run', 'warm run']);
  });

  it('that are optional and failed half-way are taken back, too', async () => {
    answers = { warm: [failed()] };
    const verify = () => Promise.reject(new SyntaxError('not well'));
    await promote([own('warm', 'move', { isOptional: true, undo: 'cool' })], { verify });
    expect(names()).toEqual(['warm run', 'warm undo']);
  });

  it('leave the promotion to a person when taking one back fails', async () => {
    answers = { cool: [failed()] };
    const verify = () => Promise.reject(new SyntaxError('not well'));
    const end = await promote([own('warm', 'move', { undo: 'cool' })], { verify });
    expect(end.state).toBe('ROLLBACK_FAILED');
  });

  it('learn of the outcome where it is known, and of the addresses of the services where they run', async () => {
    const verify = () => Promise.reject(new SyntaxError('not well'));
    await promote([own('test', 'deploy'), own('tell', 'notify')], { verify });
    expect(ran).toMatchObject([
      { name: 'test', facts: { TO_ENV: 'staging' } },
      { name: 'tell', facts: { PROMOTION_OUTCOME: 'rolled-back' } },
    ]);
    ran = [];
    await promote([own('tell', 'notify')]);
    expect(ran).toMatchObject([{ facts: { PROMOTION_OUTCOME: 'succeeded' } }]);
  });

  it('are done again under the same key when their process died before it could say so', async () => {
    // The commits of this promotion, one after the other; the sixth stores that `warm` was done.
    for (const died of [1, 2, 3, 4, 5, 6, 7, 8]) {
      ran = [];
      const faults = Array.from({ length: died }, (_, index) => (index === died - 1 ? 'die-before' : undefined));
      const end = await promote([own('warm', 'move', { undo: 'cool' })], { faults });
      expect(end.state).toBe('COMPLETED_SUCCESSFULLY');
      expect(new Set(ran.map(({ key }) => key))).toEqual(new Set(['pr-0000000001:warm']));
      expect(ran.length).toBeLessThanOrEqual(2);
    }
  });
});

it('a run that was overtaken does not begin the action of its step', async () => {
  const world = ports();
  const reference = own('warm', 'move', { undo: 'cool' });
  const context = (fence: number) => ({
    promotion: samplePromotion(sampleDefinition([], { steps: [reference] })),
    release: sampleRelease,
    config: custom.configSchema.parse(reference.config),
    effect: { key: 'pr-0000000001:warm', fence, signal },
    attempt: 1,
    checkpoint: undefined,
    ports: world,
    queries: {} as never,
    clock: new VirtualClock(moment),
    log: () => undefined,
    output: () => ({}),
  });
  expect((await custom.compensate?.(context(7)))?.kind).toBe('done');
  await expect(custom.run(context(6))).rejects.toThrow(StaleFenceError);
  expect(names()).toEqual(['warm undo']);
});
