import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import { isEndState } from '../../engine/workflow/state.ts';
import { inOneLine } from '../render/in-one-line.ts';
import type { DoctorFinding } from '../session.ts';
import type { DoctorWorld } from './doctor-world.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';

/** Without a transition for so long, and waiting for nothing, nobody runs it. */
const stuckAfterMs = 10 * 60_000;
const mostActive = 100;

/** The newest promotion into each environment, when it failed; and those that do not get on. */
export async function* examinePromotions(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  const { store, rules, now } = world;
  let isAny = false;
  for (const { name: environment } of rules.environments) {
    const newest = await store.listPromotions({ environment, limit: 5 });
    const latest = newest.find(({ isDryRun }) => !isDryRun);
    const finding = latest === undefined || !isEndState(latest.state) ? undefined : failureOf(latest);
    if (finding === undefined) continue;
    isAny = true;
    yield finding;
  }
  for (const promotion of await store.listPromotions({ isActive: true, limit: mostActive })) {
    const finding = stuckOf(promotion, now);
    if (finding === undefined) continue;
    isAny = true;
    yield finding;
  }
  if (!isAny) yield { subject: 'promotions', level: 'ok', detail: 'the newest ones went well, and none is stuck' };
}

function failureOf(promotion: PromotionRecord): DoctorFinding | undefined {
  const { id, state, application, fromEnvironment: from, toEnvironment: to, failure, rollback } = promotion;
  const subject = `promotions · ${to}`;
  if (state === 'ROLLBACK_FAILED') {
    const undone = promotion.steps.find(({ compensation }) => compensation?.status === 'failed');
    const why = undone?.compensation?.error?.message ?? failure?.error.message ?? 'see its log';
    const remedy = `mend that, then promote retry ${id}; promote logs ${id} says what was undone already`;
    return { subject, level: 'fail', detail: `${id} could not be taken back: ${why}`, remedy };
  }
  if (failure === undefined || (state !== 'FAILED' && state !== 'ROLLED_BACK')) return undefined;
  const { step, error, requirementsNotMet } = failure;
  const back = rollback === undefined ? '' : ' and was taken back';
  const detail = `${id} failed at ${step}${back}: ${inOneLine(error.message)}`;
  if (requirementsNotMet) {
    const again = `promote validate ${application} --from ${from} --to ${to} judges every requirement again, each with what to do`;
    return { subject, level: 'warn', detail, remedy: again };
  }
  return { subject, level: 'warn', detail, remedy: `${remedyOf(promotion, step)}${again(promotion)}` };
}

function remedyOf({ id, application, toEnvironment: to }: PromotionRecord, step: string): string {
  const log = `promote logs ${id} --step ${step}`;
  switch (step) {
    case 'migrate-database':
    case 'contract-database':
      return `read what the migration said: ${log}; mend it in a new release`;
    case 'promote-artifacts':
    case 'validate-artifacts':
      return `see that the registry is reached and takes what is pushed: ${log}`;
    case 'deploy':
    case 'shift-canary':
    case 'verify':
      return `read what the deployment and the services said: ${log}, and promote status ${application} --env ${to} --log`;
    case 'back-up':
      return `test the connection to the database and the rights of its login: ${log}`;
    case 'promote-configuration':
      return `see that the configuration repository takes what is pushed: ${log}`;
    default:
      return log;
  }
}

function again({ id, state }: PromotionRecord): string {
  return state === 'FAILED' ? `; then promote retry ${id}` : '';
}

function stuckOf(promotion: PromotionRecord, now: Date): DoctorFinding | undefined {
  const { id, parked, toEnvironment, updatedAt, goneRun } = promotion;
  const subject = `promotions · ${toEnvironment}`;
  if (goneRun !== undefined) {
    const silent = formatDuration(goneRun.silentSeconds * 1000);
    const what = goneRun.hasBegun
      ? `lost its worker, which was not heard of for ${silent}`
      : `has no worker: the one started ${silent} ago has not begun`;
    const detail = `${id} ${what}; another takes over by ${goneRun.takeOverAt.toISOString()}`;
    const remedy =
      'nothing while local mode runs, which sees to that; else npm start; promote.log may say why it ended';
    return { subject, level: 'warn', detail, remedy };
  }
  if (parked?.reason === 'manual') {
    const detail = `${id} waits for a person: ${inOneLine(parked.detail)}`;
    return {
      subject,
      level: 'warn',
      detail,
      remedy: `promote status ${id} says what, promote rollback ${id} takes it back`,
    };
  }
  const isOverdue =
    parked === undefined
      ? now.getTime() - updatedAt.getTime() > stuckAfterMs
      : parked.until !== undefined && now.getTime() - parked.until.getTime() > stuckAfterMs;
  if (!isOverdue) return undefined;
  const since = (parked?.until ?? updatedAt).toISOString();
  return {
    subject,
    level: 'fail',
    detail: `${id} does not get on since ${since}`,
    remedy: `npm start, which goes on where it was; promote logs ${id} says how far it came; promote cancel ${id} ends it`,
  };
}
