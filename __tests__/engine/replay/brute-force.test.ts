import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { PastPromotion } from '../../../engine/replay/past.ts';
import { ApplicationOfThen } from '../../../engine/replay/application-of-then.ts';
import { DeclaredPast } from '../../../engine/replay/declared-past.ts';
import { ProposedRules } from '../../../engine/replay/proposed-rules.ts';
import { compareDecisions, type ReplayDecision } from '../../../engine/replay/replay-decision.ts';
import { replayPromotion } from '../../../engine/replay/replay-promotion.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import type { SimulationDatabase } from '../../../engine/simulation/simulation.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { openSimulationDatabase } from '../simulation/scenario-runner.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { decideAnew, decidedAt, HistoryPlayer, playEpisodes } from './history-player.ts';
import { episode } from './random-history.ts';
import { someRules } from './random-rules.ts';

jest.setTimeout(1_200_000);

/** Histories, each with a handful of promotions; REPLAY_RUNS asks for more than everyday tests have time for. */
const runs = Number(process.env['REPLAY_RUNS'] ?? 25);

type OpenDatabase = SimulationDatabase & { close(): Promise<void> };
let server: ScratchPostgres;
let past: OpenDatabase;
let anew: OpenDatabase;
beforeAll(async () => {
  server = await startScratchPostgres();
  past = await openSimulationDatabase(await server.createDatabase());
  anew = await openSimulationDatabase(await server.createDatabase());
});
afterAll(async () => {
  await past.close();
  await anew.close();
  await server.stop();
});

/** Every promotion of the played history, by other rules. */
async function replayAll(player: HistoryPlayer, rules: Rules, present: Date) {
  const proposed = new ProposedRules(rules, builtInSteps);
  return player.simulation.store.replay.look(async (reader) => {
    const then = new ApplicationOfThen(await reader.application('shop'), new DeclaredPast(await reader.common()));
    const query = { application: 'shop', since: undefined, after: undefined, limit: 1000 };
    const decided: {
      readonly promotion: PastPromotion;
      readonly then: ReplayDecision;
      readonly now: ReplayDecision;
    }[] = [];
    for (const promotion of await reader.promotions(query)) {
      decided.push({ promotion, ...(await replayPromotion(promotion, then, proposed, present)) });
    }
    return decided;
  });
}

/** Without the moment, which nobody is told. */
function told(decision: ReplayDecision) {
  if (decision.kind !== 'refused' && decision.kind !== 'let-through') return decision;
  const { at: _, ...rest } = decision;
  return rest;
}

/** What else failed by what was measured is not remembered, where something failed for certain. */
function asFarAsKnown(engine: ReplayDecision, now: ReplayDecision): ReplayDecision {
  if (engine.kind !== 'refused' || now.kind !== 'refused') return engine;
  const reasons = engine.reasons.filter((reason) => now.reasons.includes(reason) || !isMeasured(reason));
  return { ...engine, reasons };
}

function isMeasured(reason: string): boolean {
  return ['health', 'slo', 'stability'].some((gate) => reason.startsWith(`${gate}: `));
}

describe('any history, judged by any other rules', () => {
  it('is decided as the engine decides when it is asked anew at those moments, and by its own rules as it was', async () => {
    const counts = new Map<string, number>();
    let decisions = 0;
    await fc.assert(
      fc.asyncProperty(
        someRules(true),
        fc.array(someRules(false), { minLength: 3, maxLength: 3 }),
        fc.array(episode, { minLength: 3, maxLength: 7 }),
        async (ownRules, others, episodes) => {
          const player = await HistoryPlayer.begin(past, ownRules);
          const { happenings, end } = await playEpisodes(player, episodes);
          const byOwn = await replayAll(player, player.simulation.rules, end);
          for (const { promotion, then, now } of byOwn) {
            expect([promotion.record.id, compareDecisions(then, now), now.kind]).toEqual([
              promotion.record.id,
              'as-before',
              then.kind,
            ]);
          }
          const numbers = new Map([...player.ids].map(([number, id]) => [id, number]));
          for (const otherRules of others) {
            for (const { promotion, then, now } of await replayAll(player, otherRules, end)) {
              decisions += 1;
              const comparison = compareDecisions(then, now);
              counts.set(comparison, (counts.get(comparison) ?? 0) + 1);
              if (now.kind === 'unknown') {
                // Only what was measured is not remembered.
                expect(now.missing.filter((each) => !isMeasured(each))).toEqual([]);
                continue;
              }
              const number = numbers.get(promotion.record.id) ?? -1;
              const until = await decidedAt(player, number);
              const engine = await decideAnew(anew, otherRules, happenings, number, until);
              expect([number, told(now)]).toEqual([number, told(asFarAsKnown(engine, now))]);
            }
          }
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
    console.log(`${String(decisions)} decisions`, counts);
    // Otherwise it would say nothing.
    expect(counts.get('refused')).toBeGreaterThan(0);
    expect(counts.get('waiting')).toBeGreaterThan(0);
    expect(counts.get('let-through')).toBeGreaterThan(0);
    expect(counts.get('as-before')).toBeGreaterThan(0);
    expect(counts.get('unknown') ?? 0).toBeLessThan(decisions / 4);
  });
});
