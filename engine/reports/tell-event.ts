import type { JsonObject } from '../json.ts';
import { actorText } from '../workflow/actor.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import { parkReasons, type ParkReason, type PromotionKind } from '../workflow/promotion.ts';
import { promotionStates } from '../workflow/state.ts';
import { stepTitle } from '../workflow/step-title.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import type { ReportedEntry } from './promotion-report.ts';

/** An entry of the audit trail as a line for people; one that this engine does not know keeps its machine's name. */
export function tellEvent({ seq, at, actor, type, data }: ChainedEvent, kind: PromotionKind): ReportedEntry {
  return { seq, at: at.toISOString(), by: actorText(actor), type, text: sentence(type, data, kind) };
}

function sentence(type: string, data: JsonObject, kind: PromotionKind): string {
  const step = stepTitle(word(data, 'step'));
  switch (type) {
    case 'requested':
      return asked(data);
    case 'state-changed':
      return stateText(word(data, 'to'), kind);
    case 'step-started':
      return `${step} began${nth(data)}`;
    case 'step-finished':
      return `${step}: ${summaryText(word(data, 'summary'))}`;
    case 'step-failed':
      return `${step} failed: ${errorText(data)}`;
    case 'step-retrying':
      return `${step} failed${nth(data)} and is tried again: ${errorText(data)}`;
    case 'step-passed-over':
      return `${step} failed and was passed over: ${errorText(data)}`;
    case 'steps-reset':
      return `is checked anew: ${word(data, 'reason')}`;
    case 'compensation-started':
      return `undoing ${step} began${nth(data)}`;
    case 'compensation-finished':
      return `${step} undone: ${word(data, 'summary')}`;
    case 'compensation-failed':
      return `undoing ${step} failed: ${errorText(data)}`;
    case 'compensation-retrying':
      return `undoing ${step} failed${nth(data)} and is tried again: ${errorText(data)}`;
    case 'plan-made':
      return `plan ${word(data, 'hash')}`;
    case 'parked':
      return `${waitText(word(data, 'reason'))}: ${word(data, 'detail')}`;
    case 'failed':
      return `failed in ${step}`;
    case 'resumed':
      return 'taken up again';
    case 'ended':
      return `ended: ${word(data, 'reason')}`;
    case 'superseded':
      return `superseded by ${word(data, 'release')} (${word(data, 'by')})`;
    case 'approval-given':
      return `approved (${word(data, 'stage')})${comment(data)}, plan ${word(data, 'planHash')}`;
    case 'approval-refused':
      return `rejected (${word(data, 'stage')})${comment(data)}, plan ${word(data, 'planHash')}`;
    case 'auto-approval-declined':
      return `its own approval was not accepted: ${word(data, 'why')}`;
    case 'override':
      return `${word(data, 'kind')} set aside: ${word(data, 'reason')}`;
    case 'checklist-ticked':
      return `ticked "${word(data, 'item')}"${data['note'] === null ? '' : `: ${word(data, 'note')}`}`;
    case 'item-opened':
      return `left to do: ${word(data, 'detail')}`;
    case 'note':
      return `noted: ${word(data, 'text')}`;
    case 'slot-taken':
      return 'has the environment to itself';
    case 'slot-released':
      return 'gave the environment up';
    case 'rollback-requested':
      return `is to be taken back (${word(data, 'trigger')}): ${word(data, 'reason')}`;
    case 'rollback-confirmation-withdrawn':
      return `it had not been taken back by hand, as ${word(data, 'confirmedBy')} had said: the engine takes it back`;
    case 'rollback-resumed':
      return 'taking it back is tried again';
    case 'rollback-escalated':
      return `somebody was called: ${word(data, 'reason')}`;
    case 'auto-promotion-paused':
      return `nothing is promoted to ${word(data, 'environment')} by itself any more`;
    case 'release-marked-bad':
      return `the release was marked bad: ${word(data, 'reason')}`;
    case 'follow-up':
      return `made ${word(data, 'promotion')}, a ${word(data, 'kind')} of its own`;
    default:
      return [type, word(data, 'reason')].filter((part) => part !== '').join(': ');
  }
}

function asked(data: JsonObject): string {
  if (typeof data['contractOf'] === 'string') return `made for the contract migrations of ${data['contractOf']}`;
  const reason = word(data, 'reason');
  return reason === '' ? 'asked for it' : `asked for it: ${reason}`;
}

function stateText(name: string, kind: PromotionKind): string {
  const state = promotionStates.find((each) => each === name);
  return state === undefined ? name : describePromotion({ kind, state });
}

const waits: Readonly<Record<ParkReason, string>> = {
  approval: 'waits for approval',
  checklist: 'waits for the checklist',
  slot: 'waits for its turn',
  retry: 'waits before it tries again',
  bake: 'waits while it is verified',
  rollout: 'waits for the deployment',
  soak: 'waits while it soaks',
  'undo-window': 'waits for the end of the undo window',
  window: 'waits for its window',
  canary: 'waits while the canary is watched',
  manual: 'waits for a person',
};

function waitText(name: string): string {
  const reason = parkReasons.find((each) => each === name);
  return reason === undefined ? `waits (${name})` : waits[reason];
}

/** The name of an announcement (`promotion.rolled-back`) in words. */
export function summaryText(summary: string): string {
  return /^[a-z]+\.[a-z-]+$/.test(summary) ? summary.replaceAll(/[.-]/g, ' ') : summary;
}

function word(data: JsonObject, key: string): string {
  const value = data[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function comment(data: JsonObject): string {
  const said = word(data, 'comment');
  return said === '' ? '' : `: ${said}`;
}

/** Only from the second attempt on is it worth saying. */
function nth({ attempt }: JsonObject): string {
  return typeof attempt === 'number' && attempt > 1 ? ` (attempt ${String(attempt)})` : '';
}

function errorText({ error }: JsonObject): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error['message'] : undefined;
  return typeof message === 'string' ? message : 'no reason given';
}
