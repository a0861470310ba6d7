import { counted } from '../wording/counted.ts';
import { z } from 'zod';
import type { SettingPath } from '../rules/problem.ts';
import { PathGraph } from '../rules/path-graph.ts';
import type { Path } from '../rules/schema.ts';
import { describeClosures } from '../schedule/describe-closure.ts';
import { standingOf } from '../workflow/approvals.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { ScenarioMistake, type ActionOutcome, type ScenarioHands } from './act.ts';
import type { Moments } from './moments.ts';
import { calendarOf, openingsBetween } from './openings.ts';
import type { Expectation } from './scenario-schema.ts';
import type { Simulation } from './simulation.ts';
import { standingOfPromotion, whyItStands } from './standing.ts';

/** Something that is not as a scenario expects it. */
export interface Mismatch {
  /** Inside `expect`. */
  readonly path: SettingPath;
  readonly expected: string;
  readonly got: string;
  /** In the engine's own words; undefined when it has none. */
  readonly why: string | undefined;
}

export interface Moment {
  readonly simulation: Simulation;
  readonly hands: ScenarioHands;
  readonly moments: Moments;
  /** Of what the step does; undefined when it only expects. */
  readonly outcome: ActionOutcome | undefined;
  /** Whether what it does concerns a promotion that it may not have started at all: a hold, a freeze, a fact. */
  readonly isAboutPlace: boolean;
}

/** Compares how things are now with what a step of a scenario expects. @throws ScenarioMistake */
export async function judgeExpectation(moment: Moment, expected: Expectation): Promise<readonly Mismatch[]> {
  return [
    ...(await promotionMismatches(moment, expected)),
    ...(await environmentMismatches(moment, expected)),
    ...(expected.open === undefined ? [] : await openMismatches(moment, expected.open)),
    ...(expected.openings === undefined ? [] : await openingMismatches(moment, expected.openings)),
  ];
}

async function promotionMismatches(moment: Moment, expected: Expectation): Promise<readonly Mismatch[]> {
  const { outcome, moments } = moment;
  const { is, waitsFor, until, stage, approvedBy, gates, why } = expected;
  if ([is, waitsFor, until, stage, approvedBy, gates, why].every((each) => each === undefined)) return [];
  if (outcome?.kind === 'refused') {
    const refusal = { got: 'refused', why: outcome.reason };
    return [
      ...(is === undefined || is === 'refused' ? [] : [{ path: ['is'], expected: is, ...refusal }]),
      ...(why === undefined || outcome.reason.includes(why)
        ? []
        : [{ path: ['why'], expected: why, got: outcome.reason, why: undefined }]),
    ];
  }
  const isAllThatIsAsked = [waitsFor, until, stage, approvedBy, gates, why].every((each) => each === undefined);
  if (is === 'allowed' && moment.isAboutPlace && isAllThatIsAsked) return [];
  const record = await loadRecord(moment, expected.promotion);
  const reason = await reasonOf(moment, record);
  const standing = standingOfPromotion(record);
  const mismatches: Mismatch[] = [];
  const compare = (path: SettingPath, wanted: string | undefined, got: string): void => {
    if (wanted !== undefined && wanted !== got) mismatches.push({ path, expected: wanted, got, why: reason });
  };
  if (is === 'allowed') {
    if (standing === 'refused') mismatches.push({ path: ['is'], expected: is, got: standing, why: reason });
  } else compare(['is'], is, standing);
  compare(['waitsFor'], waitsFor, record.parked?.reason ?? `nothing: it is ${standing}`);
  const parkedUntil = record.parked?.until === undefined ? 'somebody acts' : moments.text(record.parked.until);
  const wantedUntil =
    until === undefined || until === 'somebody acts'
      ? until
      : moments.text(moments.read(until, moment.simulation.now()));
  compare(['until'], wantedUntil, record.parked === undefined ? `not at all: it is ${standing}` : parkedUntil);
  if (stage !== undefined || approvedBy !== undefined) {
    const standingNow = await approvalsOf(moment, record);
    compare(['stage'], stage, standingNow.stage ?? 'none');
    compare(['approvedBy'], approvedBy?.toSorted().join(', '), standingNow.by.join(', '));
  }
  const answers = answersOf(record);
  for (const [gate, verdict] of Object.entries(gates ?? {})) {
    const answer = answers.find((each) => each.gate === gate);
    if (answer?.verdict === verdict) continue;
    mismatches.push({
      path: ['gates', gate],
      expected: verdict,
      got: answer?.verdict ?? 'not judged',
      why: answer?.detail ?? reason,
    });
  }
  if (why !== undefined && !reason.includes(why)) {
    mismatches.push({ path: ['why'], expected: why, got: reason, why: undefined });
  }
  return mismatches;
}

async function loadRecord({ simulation, hands }: Moment, label: string | undefined): Promise<PromotionRecord> {
  const id = await hands.promotionId(label);
  const record = await simulation.store.load(id);
  if (record === undefined) throw new Error(`promotion ${id} is not in the store`);
  return record;
}

async function reasonOf({ simulation }: Moment, record: PromotionRecord): Promise<string> {
  const events = await simulation.store.events(record.id);
  const ended = events.findLast(({ type }) => type === 'ended')?.data['reason'];
  return whyItStands(record, typeof ended === 'string' ? [ended] : []);
}

async function approvalsOf({ simulation }: Moment, record: PromotionRecord) {
  const { planHash, definition, steps } = record;
  const granted = approvalOutputSchema.safeParse(steps.find(({ name }) => name === 'await-approval')?.output);
  if (granted.success) return { stage: undefined, by: granted.data.by.toSorted() };
  if (planHash === undefined) return { stage: undefined, by: [] };
  const release = await simulation.store.loadRelease(record.releaseId);
  const votes = await simulation.store.votes(record.id);
  const standing = standingOf({ ...record, planHash }, release, votes);
  const valid = votes.filter((vote) => vote.planHash === planHash && vote.decision === 'approved');
  const by = [...new Set(valid.map(({ actor }) => actor))].toSorted();
  const isAsked = definition.approvalStages.length > 0 && standing.kind === 'waiting';
  return { stage: isAsked ? standing.stage.name : undefined, by };
}

const approvalOutputSchema = z.object({ by: z.array(z.string()) });
const answerSchema = z.object({ gate: z.string(), verdict: z.string(), detail: z.string() });
const judgedSchema = z.object({ gates: z.array(answerSchema) });

/** What gates answered, the newest word of each first. */
function answersOf({ steps }: PromotionRecord): readonly z.infer<typeof answerSchema>[] {
  const judged = steps.flatMap(({ output }) => {
    const parsed = judgedSchema.safeParse(output);
    return parsed.success ? parsed.data.gates : [];
  });
  return judged.toReversed();
}

async function environmentMismatches(
  { simulation }: Moment,
  { runs, verified }: Expectation,
): Promise<readonly Mismatch[]> {
  if (runs === undefined && verified === undefined) return [];
  const states = await simulation.store.environments(simulation.application);
  const stateOf = (word: string) => states.find(({ name }) => name === new PathGraph(simulation.rules).resolve(word));
  return [
    ...Object.entries(runs ?? {}).flatMap(([word, release]): readonly Mismatch[] => {
      const got = stateOf(word)?.release?.name ?? 'nothing';
      return got === release ? [] : [{ path: ['runs', word], expected: release, got, why: undefined }];
    }),
    ...Object.entries(verified ?? {}).flatMap(([word, wanted]): readonly Mismatch[] => {
      const is = stateOf(word)?.verifiedAt !== undefined;
      const text = (value: boolean): string => (value ? 'verified' : 'not verified');
      return is === wanted ? [] : [{ path: ['verified', word], expected: text(wanted), got: text(is), why: undefined }];
    }),
  ];
}

function pathOf(
  { simulation }: Moment,
  { to, from }: { readonly to: string; readonly from?: string | undefined },
): Path {
  const graph = new PathGraph(simulation.rules);
  const only = graph.onlyPath({ from, to });
  if (!only.ok) throw new ScenarioMistake(only.reason);
  return only.path;
}

async function openMismatches(moment: Moment, open: NonNullable<Expectation['open']>): Promise<readonly Mismatch[]> {
  const { simulation, moments } = moment;
  const now = simulation.now();
  const path = pathOf(moment, open);
  const declarations = await simulation.store.declarations(simulation.application, path.to, now);
  const passage = { isHotfix: open.hotfix, overridesFreezes: false };
  const calendar = calendarOf(simulation.rules, path, simulation.application, declarations, passage);
  const openness = calendar.judge(now);
  const why = openness.isOpen ? undefined : describeClosures(openness);
  const changesAt = openness.isOpen ? calendar.closesAt(now) : openness.opensAt;
  const text = (isOpen: boolean): string => (isOpen ? 'open' : 'closed');
  const mismatches: Mismatch[] = [];
  if (open.is !== undefined && open.is !== openness.isOpen) {
    mismatches.push({ path: ['open', 'is'], expected: text(open.is), got: text(openness.isOpen), why });
  }
  if (open.until !== undefined) {
    const wanted = moments.text(moments.read(open.until, now));
    const got = changesAt === undefined ? 'no change ahead' : moments.text(changesAt);
    if (wanted !== got) mismatches.push({ path: ['open', 'until'], expected: wanted, got, why });
  }
  if (open.why !== undefined && why?.includes(open.why) !== true) {
    mismatches.push({ path: ['open', 'why'], expected: open.why, got: why ?? 'it is open', why: undefined });
  }
  return mismatches;
}

async function openingMismatches(
  moment: Moment,
  wanted: NonNullable<Expectation['openings']>,
): Promise<readonly Mismatch[]> {
  const { simulation, moments } = moment;
  const now = simulation.now();
  const path = pathOf(moment, wanted);
  const since = wanted.since === undefined ? now : moments.read(wanted.since, now);
  const until = moments.read(wanted.until, now);
  const declarations = await simulation.store.declarations(simulation.application, path.to, since);
  const passage = { isHotfix: false, overridesFreezes: false };
  const calendar = calendarOf(simulation.rules, path, simulation.application, declarations, passage);
  const openings = openingsBetween(calendar, since, until);
  const spans = openings.map(({ from, to }) => `${moments.text(from)} – ${moments.text(to)}`);
  const mismatches: Mismatch[] = [];
  wanted.are?.forEach(({ from, to }, index) => {
    const expected = `${moments.text(moments.read(from, now))} – ${moments.text(moments.read(to, now))}`;
    const got = spans[index] ?? 'no further opening';
    if (expected !== got) mismatches.push({ path: ['openings', 'are', index], expected, got, why: undefined });
  });
  if (wanted.are !== undefined && spans.length > wanted.are.length) {
    const got = spans.slice(wanted.are.length, wanted.are.length + 3).join(', ');
    mismatches.push({ path: ['openings', 'are'], expected: 'no further opening', got, why: undefined });
  }
  if (wanted.count !== undefined && wanted.count !== spans.length) {
    const got = counted(spans.length, 'opening');
    mismatches.push({ path: ['openings', 'count'], expected: counted(wanted.count, 'opening'), got, why: undefined });
  }
  const hours = openings.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 3_600_000, 0);
  if (wanted.hours !== undefined && Math.abs(wanted.hours - hours) > 1e-9) {
    const got = `${String(Number(hours.toFixed(6)))} h`;
    mismatches.push({ path: ['openings', 'hours'], expected: `${String(wanted.hours)} h`, got, why: undefined });
  }
  return mismatches;
}
