import {
  describePromotion,
  type EnvironmentState,
  type StandingClosure,
  instantText,
} from '../../engine/promotion-service.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable } from '../printable.ts';
import type { NamedPromotion } from '../release-names.ts';
import type { StatusView } from '../status-view.ts';
import type { Paint } from '../terminal.ts';
import { moveText } from './move-text.ts';
import { inOneOrder } from './one-order.ts';
import { openItemLines } from './people-lines.ts';
import { table, type Cell } from './table.ts';
import { goneRunText, stateWords, waitingText } from './waiting-text.ts';

/** Applications down, environments across; below it, what is on its way. */
export function statusLines(status: StatusView, paint: Paint): readonly string[] {
  const { environments, running } = status;
  if (environments.length === 0 && running.length === 0) {
    return [
      'Nothing has been promoted here yet. `promote run <application> --release <name> --to <environment>` starts.',
    ];
  }
  return [
    ...stuckLines(status, paint),
    ...matrix(status, paint),
    ...closureLines(status, paint),
    ...runningLines(status, paint),
    ...leftLines(status),
  ];
}

/** What comes before everything else: environments that stand half-way until somebody acts. */
function stuckLines({ stuck }: StatusView, paint: Paint): readonly string[] {
  return stuck.flatMap(({ promotion, release }) => {
    const { application, toEnvironment, id, rollback } = promotion;
    const what = `✖ ${printable(application)} in ${printable(toEnvironment)}: taking ${printable(release)} back failed half-way; nothing else is promoted there until that is resolved.`;
    const anew = rollback?.confirmedBy === undefined ? '' : ' --anew';
    return [
      paint.red(paint.bold(what)),
      `  promote logs ${printable(id)}     (why)`,
      `  promote retry ${printable(id)}${anew}     (once the cause is removed)`,
      '',
    ];
  });
}

/** What promotions left to be done; each with the id by which it is closed. */
function leftLines({ openItems }: StatusView): readonly string[] {
  return openItems.length === 0 ? [] : ['', 'Left to do', ...openItemLines(openItems)];
}

function matrix({ environments, closures, running, stuck, at }: StatusView, paint: Paint): readonly string[] {
  const applications = [
    ...new Set([...environments, ...running.map(({ promotion }) => promotion)].map((each) => each.application)),
  ];
  const columns = inOneOrder([
    ...applications.map((application) =>
      environments.filter((each) => each.application === application).map(({ name }) => name),
    ),
    // Where nothing runs yet, behind where it comes from.
    ...running.map(({ promotion: { fromEnvironment, toEnvironment } }) =>
      environments.some(({ name }) => name === fromEnvironment) ? [fromEnvironment, toEnvironment] : [toEnvironment],
    ),
  ]);
  const head = ['application', ...columns.map(printable)].map((text) => ({ text, paint: paint.dim }));
  const body = applications.flatMap((application) => {
    const cells = columns.map((column) => {
      const environment = environments.find((each) => each.application === application && each.name === column);
      const coming = running.filter((each) => each.promotion.application === application && targetOf(each) === column);
      const closed = closures.filter((closure) => concerns(closure, application, column));
      const half = stuck.filter((each) => each.promotion.application === application && targetOf(each) === column);
      return [...cellLines(environment, coming, half, at, paint), ...closedCells(closed, paint)];
    });
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => [
      { text: line === 0 ? printable(application) : '', paint: paint.bold },
      ...cells.map((lines) => lines[line] ?? ''),
    ]);
  });
  return table([head, ...body]);
}

function concerns(closure: StandingClosure, application: string, environment: string): boolean {
  const isSame = (word: string, name: string): boolean => word === '*' || word === name;
  return isSame(closure.application, application) && isSame(closure.environment, environment);
}

function closedCells(closures: readonly StandingClosure[], paint: Paint): readonly Cell[] {
  const kinds = new Set(closures.map(({ kind }) => kind));
  return [...kinds].map((kind) => ({ text: kind === 'hold' ? '■ held' : '■ frozen', paint: paint.dim }));
}

/** Why environments are closed, and until when. */
function closureLines({ closures }: StatusView, paint: Paint): readonly string[] {
  if (closures.length === 0) return [];
  const rows = closures.map(({ kind, application, environment, name, reason, until, by }) => [
    { text: kind === 'hold' ? '■ held' : '■ frozen', paint: paint.yellow },
    `${application === '*' ? 'every application' : printable(application)} in ${environment === '*' ? 'every environment' : printable(environment)}`,
    until === undefined ? 'until it is released' : `until ${instantText(until)}`,
    `${name === undefined ? '' : `${printable(name)}: `}${printable(reason)} (${by === undefined ? 'the rules' : printable(by)})`,
  ]);
  return ['', 'Closed', ...table(rows, '  ')];
}

function targetOf({ promotion }: NamedPromotion): string {
  return promotion.toEnvironment;
}

function cellLines(
  environment: EnvironmentState | undefined,
  coming: readonly NamedPromotion[],
  stuck: readonly NamedPromotion[],
  at: Date,
  paint: Paint,
): readonly Cell[] {
  const halfWay = stuck.map(({ release }) => ({
    text: `✖ half-way, taking ${printable(release)} back failed`,
    paint: paint.red,
  }));
  const lines: Cell[] = halfWay.length > 0 ? halfWay : [presentRelease(environment, at, paint)];
  for (const { promotion, release } of coming) {
    if (promotion.parked?.reason === 'undo-window') continue;
    const isMoving = promotion.parked === undefined && promotion.goneRun === undefined;
    const mark = promotion.parked === undefined ? '◐' : '◷';
    const words = comingWords(promotion);
    const colour = isMoving ? paint.blue : paint.yellow;
    const lane = promotion.lane === 'hotfix' ? ' (hotfix)' : '';
    lines.push({ text: `${mark} ${printable(release)}${lane} ${words}`, paint: colour });
  }
  const undoUntil = environment?.undoWindowUntil;
  if (undoUntil !== undefined) lines.push({ text: undoWindowText(undoUntil, at), paint: paint.dim });
  const holder = environment?.slotHeldBy;
  if (holder !== undefined) lines.push({ text: `slot held by ${printable(holder)}`, paint: paint.dim });
  if (environment?.autoPromotionPausedAt !== undefined) lines.push({ text: 'auto-promotion paused', paint: paint.dim });
  return lines;
}

function comingWords(promotion: NamedPromotion['promotion']): string {
  const { parked, goneRun } = promotion;
  return parked === undefined || goneRun !== undefined ? stateWords(promotion) : parkedWords[parked.reason];
}

function undoWindowText(until: Date, at: Date): string {
  const left = until.getTime() - at.getTime();
  return left > 0 ? `undo window ends in ${formatDuration(left)}` : 'undo window ends now';
}

const parkedWords: Readonly<Record<NonNullable<NamedPromotion['promotion']['parked']>['reason'], string>> = {
  checklist: 'needs its checklist',
  approval: 'needs approval',
  slot: 'waits for its turn',
  retry: 'is tried again',
  bake: 'is being verified',
  rollout: 'is rolling out',
  soak: 'is soaking',
  'undo-window': 'can be undone',
  window: 'waits for its window',
  canary: 'is a canary',
  manual: 'needs a person',
};

function presentRelease(environment: EnvironmentState | undefined, at: Date, paint: Paint): Cell {
  if (environment?.release === undefined) return { text: '–', paint: paint.dim };
  const { release, deployedAt, verifiedAt, isHotfix } = environment;
  const ageOf = (since: Date | undefined): string =>
    since === undefined ? '' : `, ${formatDuration(at.getTime() - since.getTime())}`;
  const age = ageOf(deployedAt);
  const name = `${printable(release.name)}${isHotfix === true ? ' (hotfix)' : ''}`;
  if (release.bad !== undefined) return { text: `✖ ${name} marked bad${ageOf(release.bad.since)}`, paint: paint.red };
  if (verifiedAt === undefined) return { text: `… ${name} not verified${age}`, paint: paint.yellow };
  return { text: `✔ ${name} verified${age}`, paint: paint.green };
}

function runningLines({ running, at, isCut }: StatusView, paint: Paint): readonly string[] {
  if (running.length === 0) return ['', 'Nothing is on its way.'];
  const rows = running.map(({ promotion, release }) => {
    const { application, parked, goneRun, id } = promotion;
    const isMoving = parked === undefined && goneRun === undefined;
    return [
      `${printable(application)} ${printable(release)}${promotion.lane === 'hotfix' ? ' (hotfix)' : ''}`,
      moveText(promotion),
      printable(id),
      { text: standing(promotion, at), paint: isMoving ? paint.blue : paint.yellow },
    ];
  });
  return ['', 'On its way', ...table(rows, '  '), ...(isCut ? ['  … and more; promote list --active shows them'] : [])];
}

function standing(promotion: NamedPromotion['promotion'], at: Date): string {
  const { parked, goneRun, queuePlace, updatedAt } = promotion;
  if (goneRun !== undefined) return goneRunText(goneRun);
  if (parked !== undefined) return waitingText(parked, at, queuePlace);
  return `${describePromotion(promotion)}, for ${formatDuration(at.getTime() - updatedAt.getTime())} now`;
}
