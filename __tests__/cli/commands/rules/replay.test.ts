import { instantText } from '../../../../engine/schedule/instant-text.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReplayedPromotion, ReplayOfRules } from '../../../../engine/promotion-service.ts';
import { afterStart } from '../../../../scripts/sample-promotion.ts';
import { pipelineRules } from '../../../engine/simulation/scenario-runner.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { record } from '../../support/recorded-command.ts';

let folder: string;
let rules: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-replay-'));
  rules = join(folder, 'proposed.yaml');
  await writeFile(rules, pipelineRules('soakSeconds: 24h'));
  await writeFile(join(folder, 'bad.yaml'), pipelineRules('soakSeconds: a while'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const passed = { kind: 'let-through', at: afterStart(1) } as const;
const promotion = (more: Partial<ReplayedPromotion>): ReplayedPromotion => ({
  id: 'pr-1',
  application: 'shop',
  release: 'v2',
  from: 'staging',
  to: 'production',
  requestedBy: 'ana',
  requestedAt: afterStart(0),
  isDryRun: false,
  comparison: 'refused',
  then: passed,
  now: {
    kind: 'refused',
    at: afterStart(0),
    by: 'validate-conditions',
    reasons: ['coverage: coverage 82 % < 85 %', 'lint: there is none'],
  },
  ...more,
});
const none: ReplayOfRules = {
  counts: { 'as-before': 2, refused: 0, waiting: 0, 'let-through': 0, unknown: 0 },
  otherwise: [],
  unknown: [],
};
const until = afterStart(3600);
const some: ReplayOfRules = {
  counts: { 'as-before': 3, refused: 1, waiting: 1, 'let-through': 1, unknown: 1 },
  otherwise: [
    promotion({}),
    promotion({
      id: 'pr-2',
      comparison: 'waiting',
      now: { kind: 'waiting', reason: 'approval', detail: '0 of 1 approval of stage SRE (role sre)', until },
    }),
    promotion({
      id: 'pr-3',
      comparison: 'let-through',
      isDryRun: true,
      then: { kind: 'refused', at: afterStart(0), by: 'request', reasons: ['v2 is marked bad'] },
      now: passed,
    }),
  ],
  unknown: [
    promotion({
      id: 'pr-4',
      comparison: 'unknown',
      then: { kind: 'stopped', step: 'initialize', detail: 'no answer\nat all' },
      now: { kind: 'unknown', missing: ['slo: measurements and alerts are not kept'] },
    }),
  ],
};

async function replay(answer: ReplayOfRules, ...words: readonly string[]) {
  const asked: object[] = [];
  const session = fakeSession({
    replay: (_actor, request) => {
      asked.push({ ...request, rules: request.rules.paths.map(({ soakSeconds }) => soakSeconds) });
      return Promise.resolve(answer);
    },
  });
  const recorded = await record(['rules', 'test', '--replay', ...words], { session });
  return { ...recorded, asked };
}

describe('promote rules test --replay', () => {
  it('ends well when no stored promotion would have been decided otherwise', async () => {
    const { exitCode, out, asked } = await replay(none, rules);
    expect(out).toBe('✔ 2 promotions judged: 2 as before\n');
    expect(exitCode).toBe(0);
    expect(asked).toEqual([{ rules: [0, 86_400], application: undefined, since: undefined }]);
  });

  it('says which would have been, newest first, what was decided then and what would be, in the engine’s words', async () => {
    const { exitCode, out } = await replay(some, rules);
    expect(out.split('\n')).toEqual([
      '✖ would have been refused   shop v2   staging → production   1 min ago   by ana   pr-1',
      '    then let through',
      '    now  refused by conditions: coverage: coverage 82 % < 85 %',
      '         lint: there is none',
      '◷ would have waited   shop v2   staging → production   1 min ago   by ana   pr-2',
      '    then let through',
      `    now  waiting for approval: 0 of 1 approval of stage SRE (role sre), until ${instantText(until)}`,
      '✔ would have been let through   shop v2   staging → production   dry run   1 min ago   by ana   pr-3',
      '    then refused when it was asked for: v2 is marked bad',
      '    now  let through',
      '? cannot be said   shop v2   staging → production   1 min ago   by ana   pr-4',
      '    then stopped at initialize, which no rule decided: no answer',
      '    now  slo: measurements and alerts are not kept',
      '',
      '✖ 7 promotions judged: 1 refused, 1 waiting, 1 let through, 3 as before, 1 cannot be said',
      '',
    ]);
    expect(exitCode).toBe(1);
  });

  it('prints the same as JSON', async () => {
    const { exitCode, out } = await replay(some, rules, '--json');
    const printed = JSON.parse(out) as { readonly otherwise: readonly object[]; readonly unknown: readonly object[] };
    expect(printed).toMatchObject({
      file: rules,
      ok: false,
      counts: { asBefore: 3, refused: 1, waiting: 1, letThrough: 1, unknown: 1 },
      otherwise: [{ id: 'pr-1', would: 'refused' }, { id: 'pr-2' }, { id: 'pr-3' }],
      unknown: [{ id: 'pr-4', would: 'unknown', now: { kind: 'unknown' } }],
    });
    expect(exitCode).toBe(1);
  });

  it('asks only about an application, and what was asked for since a moment', async () => {
    const { asked } = await replay(none, rules, '--application', 'shop', '--since', '1m');
    expect(asked).toMatchObject([{ application: 'shop', since: afterStart(0) }]);
  });

  it('opens nothing when the rules are wrong, and says where', async () => {
    const { exitCode, errors, asked } = await replay(none, join(folder, 'bad.yaml'));
    expect(exitCode).toBe(2);
    expect(errors).toContain('soakSeconds');
    expect(asked).toEqual([]);
  });

  it.each([
    [['--replay', 'x.yaml', 'y.test.yaml'], 'leave the files of scenarios out'],
    [['--replay', 'x.yaml', '--rules', 'y.yaml'], 'leave --rules out'],
    [['y.test.yaml', '--since', '1d'], 'go with --replay'],
    [['y.test.yaml', '--application', 'shop'], 'go with --replay'],
  ])('is not mixed with scenarios: %j', async (words, told) => {
    const { exitCode, errors } = await record(['rules', 'test', ...words]);
    expect(exitCode).toBe(2);
    expect(errors).toContain(told);
  });

  it('says that nothing is stored when nothing is', async () => {
    const counts = { ...none.counts, 'as-before': 0 };
    expect((await replay({ ...none, counts }, rules)).out).toBe('No promotion is stored that could be judged.\n');
  });
});
