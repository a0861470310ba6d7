import type { PromotionView } from '../../engine/promotion-service.ts';
import { describeSeconds } from '../../engine/contract/describe-seconds.ts';
import { padTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import { planToShow, type PlanToShow } from '../json/plan-body.ts';

/** What a promotion will do, as people approve it. */
export function planLines(view: Pick<PromotionView, 'plan'>): readonly string[] {
  const plan = planToShow(view.plan);
  if (plan === undefined) return ['There is no plan yet.'];
  const images = plan.images
    .filter(({ change }) => change !== 'same')
    .map(
      ({ service, before, digest }) =>
        `${service}  ${before === undefined || before === null ? 'new' : short(before)} → ${short(digest)}`,
    );
  const same = plan.images.length - images.length;
  const migrations = (plan.database?.migrations ?? []).map(
    ({ version, name, kind, statements }) =>
      `${String(version).padStart(3, '0')} ${name}  ${kind}, ${String(statements.length)} statement${statements.length === 1 ? '' : 's'}`,
  );
  const waiting = (plan.database?.waiting ?? []).map(
    ({ version, name, kind }) =>
      `${String(version).padStart(3, '0')} ${name}  ${kind}, by itself ${describeSeconds(plan.database?.undoWindowSeconds ?? 0)} after the verification`,
  );
  return [
    `Plan ${(view.plan?.hash ?? '').slice(0, 7)}`,
    ...section('images', [...images, ...(same === 0 ? [] : [`${String(same)} unchanged`])]),
    ...section('configuration', [
      ...redirectionLines(plan.configuration.redirectedTo),
      ...plan.configuration.changes.map(
        ({ path, before, after }) => `${path}  ${String(before ?? 'unset')} → ${String(after)}`,
      ),
    ]),
    ...section('database', [...migrations, ...waiting]),
    ...section('flags', [
      ...plan.flags.added.map((flag) => `${flag}  new`),
      ...plan.flags.changed.map((flag) => `${flag}  changed`),
      ...plan.flags.switched.map(
        ({ key, isEnabled, percentage }) => `${key}  set to ${isEnabled ? `on for ${String(percentage)} %` : 'off'}`,
      ),
    ]),
    ...section('source', [
      ...plan.source.gained.map((commit) => `+ ${commitText(commit)}`),
      ...plan.source.lost.map((commit) => `- ${commitText(commit)}`),
      ...(plan.source.unknown === undefined ? [] : [`unknown: ${plan.source.unknown}`]),
    ]),
    ...(plan.customSteps.length === 0 ? [] : section('own steps', plan.customSteps.map(ownStepLine))),
    ...(plan.deployment === undefined || plan.deployment === null
      ? []
      : section('deployment', [`${plan.deployment.strategy}: ${plan.deployment.detail}`])),
    ...(plan.leftOut.length === 0
      ? []
      : section(
          'left out',
          plan.leftOut.map(({ step, means }) => `${step}: ${means}`),
        )),
    ...(plan.lane === 'hotfix' ? section('lane', ['hotfix', ...plan.laneTerms]) : []),
    ...(plan.setAside.length === 0
      ? []
      : section(
          'set aside',
          plan.setAside.map(({ kind, by, reason }) => `${kind} by ${by}: ${reason}`),
        )),
    ...section('irreversible', plan.irreversible, 'nothing'),
  ];
}

function redirectionLines(place: PlanToShow['configuration']['redirectedTo']): readonly string[] {
  if (place === undefined || place === null) return [];
  return [`in ${place.repository} on ${place.branch}, which is not where the rules say`];
}

function ownStepLine({ name, does, undo }: PlanToShow['customSteps'][number]): string {
  return `${name}  ${does}${typeof undo === 'string' ? `  (undone by ${undo})` : ''}`;
}

function section(title: string, entries: readonly string[], none = 'unchanged'): readonly string[] {
  const shown = entries.length === 0 ? [none] : entries;
  return shown.map((entry, index) => `  ${padTo(index === 0 ? title : '', 17)}${printable(entry)}`);
}

function commitText({ commit, subject, tickets }: PlanToShow['source']['gained'][number]): string {
  const named = tickets.filter((ticket) => !subject.includes(ticket));
  return `${commit.slice(0, 7)} ${subject}${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 7);
}
