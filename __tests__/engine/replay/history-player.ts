import { z } from 'zod';
import type { Evidence } from '../../../engine/evidence/evidence.ts';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { evidenceAdded } from '../../../engine/service/evidence-added.ts';
import { NotFoundError, RefusedError } from '../../../engine/service/service-errors.ts';
import { narrator, Simulation, type SimulationDatabase } from '../../../engine/simulation/simulation.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import type { ReplayDecision } from '../../../engine/replay/replay-decision.ts';
import type { Deed, Episode, Fact, Wishes } from './random-history.ts';

/** One thing that happened, in words that can be played again. */
export type Happening = { readonly at: Date } & (
  | { readonly kind: 'release'; readonly release: string; readonly authors: readonly string[] }
  | { readonly kind: 'fact'; readonly release: string; readonly fact: Fact }
  | {
      readonly kind: 'ask';
      readonly number: number;
      readonly release: string;
      readonly isAgain: boolean;
      readonly wishes: Wishes;
    }
  | { readonly kind: 'deed'; readonly number: number; readonly deed: Deed }
  /** Another promotion brought a release somewhere. */
  | { readonly kind: 'came'; readonly number: number; readonly release: string; readonly environment: string }
);

const start = new Date('2026-03-02T07:00:00.000Z');
const actorOf = (id: string, ...roles: Actor['roles']): Actor => ({ id, verified: true, roles, via: 'cli' });
const requesters = { ana: actorOf('ana', 'promoter'), olga: actorOf('olga', 'promoter', 'operator') };

/** Plays what happens on the real engine, on a clock that stands where it is put. */
export class HistoryPlayer {
  readonly simulation: Simulation;
  readonly ids = new Map<number, string>();
  /** Why a request was refused. */
  readonly refusals = new Map<number, string>();

  private constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  /** @param database which may have been used before. */
  static async begin(database: SimulationDatabase, rules: Rules): Promise<HistoryPlayer> {
    await database.time.clear();
    await database.time.set(start);
    const simulation = new Simulation(database, rules, 'shop', start);
    for (const environment of ['dev', 'staging', 'production']) {
      simulation.world.facts.changeEnvironment(environment, {
        metrics: {
          availabilityPercent: 100,
          errorRatePercent: 1,
          p95Ms: 100,
          restarts: 0,
          criticalAlerts: [],
          responseTimeMs: 10,
        },
      });
    }
    return new HistoryPlayer(simulation);
  }

  /** @returns whether it was allowed to happen. */
  async play(happening: Happening): Promise<boolean> {
    await this.simulation.advanceTo(happening.at);
    try {
      await this.#perform(happening);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (happening.kind === 'ask') this.refusals.set(happening.number, error.message);
      return false;
    }
    await this.simulation.settle();
    return true;
  }

  async load(number: number): Promise<PromotionRecord | undefined> {
    const id = this.ids.get(number);
    return id === undefined ? undefined : this.simulation.store.load(id);
  }

  async #perform(happening: Happening): Promise<void> {
    const { simulation } = this;
    switch (happening.kind) {
      case 'release': {
        await simulation.bringRelease(happening.release, happening.authors, happening.at);
        return;
      }
      case 'fact':
        return this.#comeToKnow(happening.release, happening.fact, happening.at);
      case 'came':
        return simulation.verify(await simulation.release(happening.release), happening.environment, happening.at);
      case 'ask': {
        const { as, ...wishes } = happening.wishes;
        const { release, isAgain, number } = happening;
        const id = await simulation.service.run(requesters[as], {
          application: 'shop',
          release,
          to: 'production',
          from: 'staging',
          reason: 'wanted',
          isAgain,
          ...wishes,
        });
        this.ids.set(number, id);
        return;
      }
      case 'deed':
        return this.#do(happening.number, happening.deed);
    }
  }

  async #comeToKnow(name: string, fact: Fact, at: Date): Promise<void> {
    const { store, service } = this.simulation;
    const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);
    const { olga } = requesters;
    switch (fact.kind) {
      case 'evidence': {
        const release = await this.simulation.release(name);
        // The same fact again is the same evidence, collected once more.
        const evidence: Evidence = {
          id: `${name} ${JSON.stringify(fact.fact)}`,
          releaseDigest: release.digest,
          collectedAt: new Date(at.getTime() - fact.ageMinutes * 60_000),
          source: 'ci',
          fact: fact.fact,
        };
        await store.addEvidence('shop', [evidence], evidenceAdded(narrator, at, release, [evidence]));
        return;
      }
      case 'verify':
        return this.simulation.verify(await this.simulation.release(name), fact.environment, at);
      case 'bind':
      case 'unbind': {
        const binding = { subject: fact.person, role: fact.role, application: 'shop', environment: '*' };
        const event = {
          at,
          type: fact.kind === 'bind' ? 'role-bound' : 'role-unbound',
          actor: narrator,
          data: binding,
        };
        await (fact.kind === 'bind' ? store.bindRole(binding, event) : store.unbindRole(binding, event));
        return;
      }
      case 'hold': {
        const until = fact.hours === undefined ? undefined : later(fact.hours);
        await service.hold(olga, { application: 'shop', environment: 'production', reason: 'careful', until });
        return;
      }
      case 'unhold':
        return service.unhold(olga, { application: 'shop', environment: 'production' });
      case 'freeze':
        await service.declareFreeze(olga, { name: 'f', reason: 'a sale', to: later(fact.hours) });
        return;
      case 'lift':
        await service.liftFreeze(olga, 'f');
        return;
      case 'mark-bad':
      case 'unmark': {
        const judgement = fact.kind === 'unmark' ? 'not-bad' : 'bad';
        await service.judgeRelease(olga, { application: 'shop', name, judgement, reason: 'it leaks' });
        return;
      }
      case 'waive':
        await service.waive(narrator, {
          application: 'shop',
          finding: fact.finding,
          reason: 'not reachable',
          expiresAt: later(fact.hours),
        });
        return;
    }
  }

  async #do(number: number, deed: Deed): Promise<void> {
    const { service } = this.simulation;
    const promotionId = this.ids.get(number);
    if (promotionId === undefined) return;
    switch (deed.kind) {
      case 'vote':
        await service.decide(actorOf(deed.person), { promotionId, decision: deed.decision, comment: 'seen' });
        return;
      case 'tick':
        // Some may tick only what their role is asked for.
        await service.tick(deed.person === 'dora' ? actorOf('dora') : actorOf(deed.person, 'promoter'), {
          promotionId,
          item: deed.item,
        });
        return;
      case 'cancel':
        await service.cancel(requesters.olga, promotionId, 'not now');
        return;
      case 'retry':
        await service.retry(requesters.olga, promotionId, { forces: deed.forces, reason: 'it must' });
        return;
    }
  }
}

/** Plays episodes one after the other. @returns everything that happened, in order. */
export async function playEpisodes(
  player: HistoryPlayer,
  episodes: readonly Episode[],
): Promise<{ readonly happenings: readonly Happening[]; readonly end: Date }> {
  const happenings: Happening[] = [];
  let now = start.getTime();
  const next = async (minutes: number, happening: (at: Date) => Happening): Promise<void> => {
    now += minutes * 60_000;
    const played = happening(new Date(now));
    // Only what was really done is done again: whoever was refused then has decided nothing.
    if (await player.play(played)) happenings.push(played);
  };
  let release = '';
  for (const [number, { isNew, authors, before, wishes, then }] of episodes.entries()) {
    const isOwn = isNew || release === '';
    if (isOwn) {
      release = `r${String(number)}`;
      const name = release;
      await next(1, (at) => ({ at, kind: 'release', release: name, authors }));
      for (const environment of ['dev', 'staging'] as const) {
        await next(1, (at) => ({ at, kind: 'fact', release: name, fact: { kind: 'verify', environment } }));
      }
    }
    const name = release;
    for (const { afterMinutes, what } of before) {
      await next(afterMinutes, (at) => ({ at, kind: 'fact', release: name, fact: what }));
    }
    await next(1, (at) => ({ at, kind: 'ask', number, release: name, isAgain: !isOwn, wishes }));
    for (const { afterMinutes, what } of then) {
      await next(afterMinutes, (at) =>
        isDeed(what) ? { at, kind: 'deed', number, deed: what } : { at, kind: 'fact', release: name, fact: what },
      );
    }
    if ((await player.load(number))?.endedAt === undefined) {
      await next(30, (at) => ({ at, kind: 'deed', number, deed: { kind: 'cancel' } }));
    }
  }
  const numbers = new Map([...player.ids].map(([number, id]) => [id, number]));
  const revisions = await player.simulation.store.history.revisions('shop', 'production');
  const came = revisions.flatMap(({ promotionId = '', verifiedAt, release: { name } }): readonly Happening[] => {
    const number = numbers.get(promotionId);
    if (number === undefined || verifiedAt === undefined) return [];
    return [{ at: verifiedAt, kind: 'came', number, release: name, environment: 'production' }];
  });
  const all = [...happenings, ...came].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return { happenings: all, end: new Date(now + 60_000) };
}

/** When it was decided whether a promotion may go on, told in another way than the replay finds it. */
export async function decidedAt(player: HistoryPlayer, number: number): Promise<Date> {
  const record = await player.load(number);
  if (record?.endedAt === undefined) throw new Error(`${String(number)} has not ended`);
  const events = await player.simulation.store.events(record.id);
  const passed = events.find(({ type, data }) => type === 'state-changed' && data['to'] === 'VALIDATION_PASSED');
  return passed?.at ?? record.endedAt;
}

/**
 * Asks for one promotion anew by other rules, in a world in which everything else happened as it did, and lets the engine
 * decide up to a moment.
 */
export async function decideAnew(
  database: SimulationDatabase,
  rules: Rules,
  happenings: readonly Happening[],
  number: number,
  until: Date,
): Promise<ReplayDecision> {
  const player = await HistoryPlayer.begin(database, rules);
  for (const happening of happenings) {
    if (happening.at > until) break;
    const isAboutOther = happening.kind === 'came' ? happening.number === number : isOfOther(happening, number);
    if (isAboutOther || (happening.kind === 'deed' && happening.deed.kind === 'cancel')) continue;
    await player.play(happening);
    const reason = player.refusals.get(number);
    if (reason !== undefined) return { kind: 'refused', at: happening.at, by: 'request', reasons: [reason] };
  }
  await player.simulation.advanceTo(until);
  const record = await player.load(number);
  if (record === undefined) throw new Error(`${String(number)} was not asked for`);
  return standingOf(record, await player.simulation.store.events(record.id));
}

function standingOf(
  record: PromotionRecord,
  events: Awaited<ReturnType<Simulation['store']['events']>>,
): ReplayDecision {
  const passed = events.find(({ type, data }) => type === 'state-changed' && data['to'] === 'VALIDATION_PASSED');
  if (passed !== undefined) return { kind: 'let-through', at: passed.at };
  const { failure, state, parked, endedAt = new Date(0) } = record;
  if (failure !== undefined) {
    const reasons = failure.error.message.split('\n');
    if (failure.requirementsNotMet) return { kind: 'refused', at: endedAt, by: failure.step, reasons };
    return { kind: 'stopped', step: failure.step, detail: failure.error.message };
  }
  if (record.isDryRun && state === 'COMPLETED_SUCCESSFULLY') return { kind: 'let-through', at: endedAt };
  if (state === 'REJECTED' || state === 'EXPIRED') {
    const ended = events.findLast(({ type }) => type === 'ended');
    return { kind: 'refused', at: endedAt, by: 'await-approval', reasons: [z.string().parse(ended?.data['reason'])] };
  }
  if (parked === undefined) throw new Error(`${record.id} is ${state} and waits for nothing`);
  const { reason, detail, until } = parked;
  if (reason === 'soak' || reason === 'checklist' || reason === 'approval' || reason === 'window') {
    return { kind: 'waiting', reason, detail, until };
  }
  throw new Error(`${record.id} waits for ${reason}`);
}

function isOfOther(happening: Happening, number: number): boolean {
  return (happening.kind === 'ask' || happening.kind === 'deed') && happening.number !== number;
}

function isDeed(what: Fact | Deed): what is Deed {
  return what.kind === 'vote' || what.kind === 'tick' || what.kind === 'cancel' || what.kind === 'retry';
}

function isRefusal(error: unknown): error is Error {
  return error instanceof RefusedError || error instanceof NotAuthorizedError || error instanceof NotFoundError;
}
