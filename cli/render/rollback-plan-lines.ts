import { isEndState, type PromotionView } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { planToShow } from './plan-body.ts';
import { splitSummary } from './step-line.ts';
import { stepTitle } from './step-title.ts';

const idColumn = 55;

/** What taking a promotion back means: from what to what, what is undone, what would be lost, what stays. */
export function rollbackPlanLines(view: PromotionView, acceptsDataLoss: boolean, paint: Paint): readonly string[] {
  const { promotion, release } = view;
  const before = planToShow(view.plan)?.target.release ?? undefined;
  const name = printable(release.name);
  const move = before === undefined ? `from ${name} to what ran before` : `${name} → ${printable(before)}`;
  const head = `Rolling back ${printable(promotion.application)} in ${printable(promotion.toEnvironment)}  ${move}`;
  const undone = undoneSteps(view);
  return [
    `${paint.bold(padTo(head, idColumn - 1))} ${printable(promotion.id)}`,
    ...(isEndState(promotion.state) ? [] : ['  It is still running; it stops first.']),
    ...(undone.length === 0
      ? ['  Nothing has been changed yet, so there is nothing to undo.']
      : ['  Is undone, in this order:']),
    ...undone.map(({ step, did }) => `    ${padTo(stepTitle(step), 15)}${did}`),
    ...lossLines(view, acceptsDataLoss, paint),
    ...(planToShow(view.plan)?.irreversible ?? []).map((each) =>
      paint.yellow(`  Cannot be undone: ${printable(each)}`),
    ),
    ...(undone.length === 0 ? [] : [`  ${name} is then marked bad, and nothing is promoted there by itself.`]),
  ];
}

function undoneSteps({ promotion }: PromotionView): readonly { readonly step: string; readonly did: string }[] {
  const compensable = promotion.definition.steps.filter(({ isCompensable }) => isCompensable).map(({ name }) => name);
  return promotion.steps
    .filter(({ name, status, compensation }) => {
      const mayHaveEffects = status !== 'pending' && status !== 'skipped';
      return compensable.includes(name) && mayHaveEffects && compensation?.status !== 'done';
    })
    .map(({ name, summary }) => ({ step: name, did: splitSummary(summary ?? 'as far as it has come').head }))
    .toReversed();
}

/** Undoing a migration may discard what was written since; that is done only when a person says so. */
function lossLines(
  { promotion, release, plan }: PromotionView,
  acceptsDataLoss: boolean,
  paint: Paint,
): readonly string[] {
  const isMigrated = promotion.steps.some(({ name, status }) => name === 'migrate-database' && status === 'done');
  if (!isMigrated || plan === undefined) return [];
  const planned = new Set(planToShow(plan)?.database?.migrations.map(({ version }) => version));
  const lossy = (release.content.database?.migrations ?? []).filter(
    ({ version, downLosesData }) => downLosesData && planned.has(version),
  );
  if (lossy.length === 0) return ['  No row and no value written since is lost.'];
  const names = lossy.map(({ version, name }) => `${String(version).padStart(3, '0')} ${printable(name)}`).join(', ');
  return acceptsDataLoss
    ? [paint.red(`  What was written since may be lost, as --accept-loss allows: ${names}`)]
    : [
        paint.yellow(
          `  Stays unless --accept-loss is given, because undoing it discards what was written since: ${names}`,
        ),
      ];
}
