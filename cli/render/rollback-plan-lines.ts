import { counted } from '../../engine/wording/counted.ts';
import { isEndState, type RollbackPreview, instantText } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { lossyMigrations } from './lossy-migrations.ts';
import { stepTitle } from './step-title.ts';

const idColumn = 55;
const oneLine = (text: string): string => printable(text.split('\n')[0] ?? '');

/** What taking a promotion back means: from what to what, what is undone, what is lost, what stays, how long it took last time. */
export function rollbackPlanLines(preview: RollbackPreview, acceptsDataLoss: boolean, paint: Paint): readonly string[] {
  const { promotion, release, returnsTo, undone } = preview;
  const name = printable(release.name);
  const move = returnsTo === undefined ? `from ${name} to nothing` : `${name} → ${printable(returnsTo)}`;
  const head = `Rolling back ${printable(promotion.application)} in ${printable(promotion.toEnvironment)}  ${move}`;
  return [
    `${paint.bold(padTo(head, idColumn - 1))} ${printable(promotion.id)}`,
    ...noReturn(preview, paint),
    ...(preview.underWay === undefined
      ? []
      : [`  ${printable(preview.underWay)} does that already; going on only watches it.`]),
    ...(isEndState(promotion.state) ? [] : ['  It is still running; it stops first.']),
    ...(preview.preempts === undefined
      ? []
      : [`  ${printable(preview.preempts)}, which only waits for health there, is stopped and taken back first.`]),
    ...alsoTaken(preview),
    ...(undone.length === 0
      ? ['  Nothing has been changed yet, so there is nothing to undo.']
      : ['  Will be so, in this order:']),
    ...undone.map(({ step, will }) => `    ${padTo(stepTitle(step), 15)}${oneLine(will)}`),
    ...lossLines(preview, acceptsDataLoss, paint),
    ...(preview.restoreRefused === undefined
      ? []
      : [paint.yellow(`  --restore-database is refused: ${oneLine(preview.restoreRefused)}`)]),
    ...(preview.stops
      ? [paint.yellow('  Everything there stops for a moment on the way back, and requests are refused meanwhile.')]
      : []),
    ...preview.irreversible.map((each) => paint.yellow(`  Cannot be undone: ${oneLine(each)}`)),
    preview.lastTookMs === undefined
      ? '  Nothing was rolled back there yet, so nobody knows how long it takes.'
      : `  The last rollback there took ${formatDuration(preview.lastTookMs)}.`,
    ...(undone.length === 0 ? [] : judgementLines(preview, paint)),
  ];
}

/** What being taken back here means for the release elsewhere. */
function judgementLines(preview: RollbackPreview, paint: Paint): readonly string[] {
  const { release, alsoRunsIn, pausesAutoPromotion, promotion } = preview;
  const where = printable(promotion.toEnvironment);
  const pause = pausesAutoPromotion ? `, and nothing is promoted to ${where} by itself until it is resumed` : '';
  const marked = `  ${printable(release.name)} is then marked bad in every environment: it is promoted nowhere any more${pause}.`;
  if (alsoRunsIn.length === 0) return [marked];
  const others = alsoRunsIn.map(printable).join(', ');
  return [marked, paint.yellow(`  It goes on running in ${others}, where it is shown as bad.`)];
}

function noReturn({ returnsTo, promotion, undone }: RollbackPreview, paint: Paint): readonly string[] {
  if (returnsTo !== undefined || undone.length === 0) return [];
  const where = printable(promotion.toEnvironment);
  return [paint.red(`  ${where} has no verified release to return to: the rollback will fail and call for a person.`)];
}

function alsoTaken({ takesBack, promotion }: RollbackPreview): readonly string[] {
  const others = takesBack.filter((id) => id !== promotion.id).map(printable);
  return others.length === 0 ? [] : [`  With it goes what came before it: ${others.join(', ')}.`];
}

/** What is lost, and how the schema follows. */
function lossLines(preview: RollbackPreview, acceptsDataLoss: boolean, paint: Paint): readonly string[] {
  const { discards, schema, restoreRefused } = preview;
  if (discards !== undefined) {
    const { since, minutes, rowsInBackUp } = discards;
    return [
      paint.red(
        `  Is lost: everything written since ${instantText(since)} (${formatDuration(minutes * 60_000)}). The back-up holds ${counted(rowsInBackUp, 'row')}.`,
      ),
    ];
  }
  if (schema === undefined) return [];
  const kept = '  No row and no value written since is lost.';
  const lossy = lossyMigrations(schema);
  switch (schema.kind) {
    case 'keep':
      if (lossy.length === 0) return [kept];
      return [
        kept,
        paint.yellow(
          `  Stays unless --accept-loss is given, because undoing it discards what was written since: ${namesOf(lossy)}`,
        ),
      ];
    case 'revert': {
      const undone = `  The schema goes back by the down files of ${namesOf(schema.migrations)}.`;
      if (lossy.length === 0) return [undone, kept];
      return [undone, paint.red(`  What was written since may be lost, as --accept-loss allows: ${namesOf(lossy)}`)];
    }
    case 'refuse':
      return [
        paint.red(`  Will fail: ${oneLine(schema.reason)}.`),
        ...waysOn(acceptsDataLoss, restoreRefused === undefined),
      ];
    case 'unknown':
      return [paint.yellow(`  What becomes of the schema cannot be told now: ${oneLine(schema.reason)}`)];
  }
}

function waysOn(acceptsDataLoss: boolean, mayRestore: boolean): readonly string[] {
  if (!mayRestore) return acceptsDataLoss ? [] : ['  --accept-loss lets it go on.'];
  return acceptsDataLoss
    ? ['  --restore-database --discard-writes puts the back-up back instead.']
    : ['  --accept-loss, or --restore-database --discard-writes, lets it go on.'];
}

function namesOf(migrations: readonly { readonly version: number; readonly name: string }[]): string {
  return migrations.map(({ version, name }) => `${String(version).padStart(3, '0')} ${printable(name)}`).join(', ');
}
