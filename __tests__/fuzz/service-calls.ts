import { ZodError } from 'zod';
import {
  NotAuthorizedError,
  NotFoundError,
  outcomeNames,
  RefusedError,
  type Actor,
  type PromotionService,
} from '../../engine/promotion-service.ts';
import { noSuchPart } from '../support/unreachable-ports.ts';
import { unwillingKeeper } from '../support/unwilling-keeper.ts';
import { pick, poisonedText } from './mutate.ts';

const sensible = ['shop', 'v1', 'v2', 'dev', 'qa', 'staging', 'production', 'prod', 'pr-0000000000'];

/** One call of the service, of the right types and with whatever values. */
export function randomCall(
  service: PromotionService,
  actors: readonly Actor[],
  random: () => number,
): { readonly name: string; readonly call: () => Promise<unknown> } {
  const text = (): string => (random() < 0.5 ? pick(sensible, random) : poisonedText(random));
  const maybe = (): string | undefined => (random() < 0.5 ? text() : undefined);
  const number = (): number => pick([1, 5, 100, 2 ** 31 - 1], random);
  const moment = (): Date => new Date(pick([0, 1_700_000_000_000, 1_800_000_000_000], random));
  const actor = pick(actors, random);
  const image = { service: text(), image: text(), digest: `sha256:${'1'.repeat(64)}` };
  const content = pick(
    [{ images: [image] }, { images: [] }, text(), { images: [image], configuration: { [text()]: text() } }],
    random,
  );
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    run: () =>
      service.run(actor, {
        application: text(),
        release: text(),
        to: text(),
        from: maybe(),
        reason: maybe(),
        idempotencyKey: maybe(),
        isDryRun: random() < 0.5,
        isAgain: random() < 0.5,
        onBehalfOf: maybe(),
        forces: random() < 0.3,
        skipsValidation: random() < 0.3,
        autoApproves: random() < 0.3,
        overridesFreezes: random() < 0.3,
        isHotfix: random() < 0.3,
        acknowledges: maybe(),
        ...(random() < 0.3 ? { configuration: { repository: maybe(), branch: maybe() } } : {}),
      }),
    decide: () =>
      service.decide(actor, {
        promotionId: text(),
        decision: pick(['approved', 'rejected'] as const, random),
        comment: maybe(),
        planHash: maybe(),
      }),
    cancel: () => service.cancel(actor, text(), text()),
    retry: () =>
      service.retry(actor, text(), {
        acceptsDataLoss: random() < 0.5,
        forces: random() < 0.5,
        reason: maybe(),
        acknowledges: maybe(),
      }),
    rollBack: () => service.rollBack(actor, { promotionId: text(), reason: text() }),
    newestPromotion: () => service.newestPromotion(actor, text(), text()),
    view: () => service.view(actor, text()),
    list: () => service.list(actor, { application: text(), environment: text(), limit: number() }),
    environments: () => service.environments(actor, maybe()),
    inspect: () => service.inspect(actor, { application: maybe(), environment: text() }, AbortSignal.timeout(10_000)),
    releases: () => service.releases(actor, text()),
    logs: () => service.logs(actor, text(), number()),
    events: () => service.events(actor, text()),
    createRelease: () => service.createRelease(actor, { application: text(), name: text(), content }, []),
    release: () => service.release(actor, text(), text()),
    judgeRelease: () =>
      service.judgeRelease(actor, {
        application: text(),
        name: text(),
        judgement: pick(['bad', 'not-bad'] as const, random),
        reason: text(),
      }),
    adopt: () => service.adopt(actor, text(), text(), text()),
    bindRole: () =>
      service.bindRole(actor, { subject: text(), role: text(), application: text(), environment: text() }),
    unbindRole: () =>
      service.unbindRole(actor, { subject: text(), role: text(), application: text(), environment: text() }),
    roles: () => service.roles(actor),
    tick: () => service.tick(actor, { promotionId: text(), item: text(), note: maybe() }),
    recordClockMove: () =>
      service.recordClockMove(actor, {
        fromSeconds: number(),
        bySeconds: pick([-1, 0, 60, Number.NaN], random),
        reason: maybe(),
      }),
    note: () => service.note(actor, text(), text()),
    people: () => service.people(actor, text()),
    report: () => service.report(actor, text()),
    history: () =>
      service.history(actor, {
        application: maybe(),
        environment: maybe(),
        since: moment(),
        outcomes: [pick(outcomeNames, random)],
        limit: number(),
      }),
    statistics: () => service.statistics(actor, { application: maybe(), environment: maybe(), since: moment() }),
    extractAudit: () =>
      service.extractAudit(actor, {
        application: maybe(),
        environment: maybe(),
        until: moment(),
        hasCompliance: random() < 0.5,
      }),
    prune: () =>
      service.prune(
        actor,
        { chainsOlderThanDays: pick([-1, 0, 0.5, 5, 2 ** 31, Number.NaN], random), isDryRun: true },
        unwillingKeeper,
      ),
    openItems: () => service.openItems(actor, { application: text() }),
    closeItem: () => service.closeItem(actor, text(), text()),
    changesSince: () =>
      service.changesSince(actor, { since: moment(), application: maybe(), environment: maybe(), limit: number() }),
    stateAt: () =>
      service.stateAt(actor, { at: moment(), application: maybe(), environment: maybe(), limit: number() }),
    configurationHistory: () =>
      service.configurationHistory(actor, { application: text(), environment: text(), limit: number() }),
    configurationDiff: () =>
      service.configurationDiff(actor, { application: text(), environment: text(), from: maybe(), to: maybe() }),
  };
  const name = pick(Object.keys(calls), random);
  return { name, call: calls[name] ?? (() => Promise.resolve()) };
}

/** Whether an error tells its cause to whoever asked, instead of showing that something broke. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof RefusedError ||
    error instanceof NotFoundError ||
    error instanceof NotAuthorizedError ||
    error instanceof ZodError ||
    // What asks the world outside has come through all checks of its input.
    (error instanceof Error && error.message === noSuchPart)
  );
}
