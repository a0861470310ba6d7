import type { LogFieldsOf } from '../contract/log-events.ts';
import type { Json, JsonObject } from '../json.ts';
import type { AnnouncementType } from '../notifications/announcements.ts';
import type { Notification } from '../notifications/notifier.ts';
import { outcomeName, type OutcomeName } from '../workflow/outcome.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { endStates } from '../workflow/state.ts';
import type { LoggedEvent } from './event-log.ts';
import { approvalWaitingType } from './waiting-approvals.ts';

type About = Pick<
  PromotionRecord,
  'id' | 'application' | 'fromEnvironment' | 'toEnvironment' | 'kind' | 'isDryRun' | 'createdAt'
>;
type Common = Omit<LogFieldsOf<'promotion-finished'>, 'outcome' | 'durationSeconds'>;

/** An event before it has its id; each of one message has one of its own. */
type Told = LoggedEvent extends infer Each
  ? Each extends LoggedEvent
    ? Pick<Each, 'event' | 'fields'>
    : never
  : never;

/** Whether a message says something that metrics or alerts are made from. */
export function isLogged({ type, promotionId }: Notification): boolean {
  return promotionId !== undefined && (loggedTypes as readonly string[]).includes(type);
}

const loggedTypes = [
  'promotion.started',
  'promotion.finished',
  'promotion.failed',
  'promotion.ended',
  'promotion.rolled-back',
  'contract.finished',
  'contract.failed',
  'approval.needed',
  'validation.failed',
  'database.migrated',
  'rollback.started',
  'rollback.needed',
  'rollback.failed',
  approvalWaitingType,
] as const satisfies readonly (AnnouncementType | typeof approvalWaitingType)[];
type LoggedType = (typeof loggedTypes)[number];

/** What the log says of a message about a promotion; a pure function of both. */
export function promotionEvents(notification: Notification, promotion: About): readonly LoggedEvent[] {
  const { eventId, at, subject } = notification;
  return tell(notification, promotion).map((told, index) => ({
    ...told,
    id: index === 0 ? eventId : `${eventId}-${String(index)}`,
    at,
    message: `${promotion.id} ${subject}`,
  }));
}

function tell({ type, data, at }: Notification, promotion: About): readonly Told[] {
  const common = commonOf(promotion);
  const finished = (outcome: OutcomeName): Told => ({
    event: 'promotion-finished',
    fields: { ...common, outcome, durationSeconds: secondsBetween(promotion.createdAt, at) },
  });
  const failed = (error: string): Told => ({
    event: 'promotion-failed',
    fields: { ...common, step: textOf(data, 'step'), error },
  });
  switch (type as LoggedType) {
    case 'promotion.started': {
      const fields = { ...common, release: textOf(data, 'release'), requestedBy: textOf(data, 'requestedBy') };
      return [{ event: 'promotion-started', fields }];
    }
    case 'promotion.finished':
    case 'contract.finished':
      return [finished('succeeded')];
    case 'promotion.failed':
    case 'contract.failed':
      // What is not met was told when it was judged.
      if (data['requirementsNotMet'] === true) return [finished('failed')];
      return [finished('failed'), failed(textOf(data, 'failure'))];
    case 'promotion.ended':
      return [finished(outcomeCalled(textOf(data, 'state')))];
    case 'promotion.rolled-back':
      return [finished('rolled-back')];
    case 'approval.needed':
      return [{ event: 'approval-needed', fields: { ...common, detail: textOf(data, 'detail') } }];
    case 'validation.failed':
      return failedTypes(data).map((each) => ({
        event: 'validation-failed',
        fields: { ...common, step: textOf(data, 'step'), type: each, error: textOf(data, 'error') },
      }));
    case 'database.migrated': {
      const fields = { migrations: numberOf(data, 'migrations'), durationSeconds: numberOf(data, 'durationSeconds') };
      return [{ event: 'migration-finished', fields: { ...common, ...fields } }];
    }
    case 'rollback.started':
      // One that a person asked for follows no failure, or one that was told when it waited for that person.
      return data['trigger'] === 'automatic' ? [failed(textOf(data, 'error') || textOf(data, 'reason'))] : [];
    case 'rollback.needed':
      return [failed(textOf(data, 'error'))];
    case 'rollback.failed':
      return [
        { event: 'rollback-failed', fields: { ...common, step: textOf(data, 'step'), error: textOf(data, 'error') } },
        finished('rollback-failed'),
      ];
    case 'approval.waiting': {
      const fields = { detail: textOf(data, 'detail'), waitedSeconds: numberOf(data, 'waitedSeconds') };
      return [{ event: 'approval-waiting', fields: { ...common, ...fields } }];
    }
  }
}

function commonOf({ id, application, fromEnvironment, toEnvironment, kind, isDryRun }: About): Common {
  return { promotion: id, application, from: fromEnvironment, environment: toEnvironment, kind, isDryRun };
}

function failedTypes(data: JsonObject): readonly string[] {
  const gates = data['gates'];
  const named = Array.isArray(gates) ? gates.filter((gate: Json) => typeof gate === 'string') : [];
  return named.length === 0 ? [textOf(data, 'step')] : named;
}

function outcomeCalled(state: string): OutcomeName {
  const end = endStates.find((each) => each === state);
  if (end === undefined) throw new Error(`no promotion ends ${state}`);
  return outcomeName(end);
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

/** The first line; the whole text stays with the promotion. */
function textOf(data: JsonObject, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? (value.split('\n')[0] ?? '') : '';
}

function numberOf(data: JsonObject, key: string): number {
  const value = data[key];
  return typeof value === 'number' ? value : 0;
}
