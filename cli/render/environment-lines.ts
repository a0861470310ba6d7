import {
  instantText,
  type DatabaseReport,
  type Measure,
  type ServiceReport,
  type StandingClosure,
} from '../../engine/promotion-service.ts';
import type { EnvironmentView } from '../environment-view.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { formatMilliseconds, formatPercent, measureText } from './measure-text.ts';
import { moveText } from './move-text.ts';
import { openItemLines } from './people-lines.ts';
import { table, type Cell } from './table.ts';
import { currentText } from './waiting-text.ts';
import { formatBytes } from '../../engine/wording/format-bytes.ts';

/** One environment: its services, its database, and what people must know of it. */
export function environmentLines(view: EnvironmentView, paint: Paint): readonly string[] {
  return [
    heading(view, paint),
    '',
    ...serviceLines(view, paint),
    '',
    ...table(factRows(view, paint), '  '),
    ...section('On its way', runningLines(view)),
    ...section('Left to do', openItemLines(view.openItems)),
    ...section('Not known', unknownLines(view)),
  ];
}

function heading({ report, state, at }: EnvironmentView, paint: Paint): string {
  const place = paint.bold(`${printable(report.application)} in ${printable(report.environment)}`);
  if (state?.release === undefined) return `${place}   ${paint.dim('no release is recorded here')}`;
  const { release, deployedAt, verifiedAt, promotionId } = state;
  // A rollback brings a release again that an earlier promotion had brought: then is not when that one did.
  const since = deployedAt === undefined ? '' : `, in place for ${formatDuration(at.getTime() - deployedAt.getTime())}`;
  const by = promotionId === undefined ? '' : `, came with ${printable(promotionId)}`;
  return `${place}   ${standingText(release, verifiedAt, sickServices(report), paint)}${since}${by}`;
}

type Recorded = NonNullable<NonNullable<EnvironmentView['state']>['release']>;

/** What was verified once is no news of what is seen now. */
function standingText(release: Recorded, verifiedAt: Date | undefined, sick: readonly string[], paint: Paint): string {
  const name = printable(release.name);
  if (release.bad !== undefined) return paint.red(`✖ ${name} marked bad`);
  if (sick.length > 0) {
    const before = verifiedAt === undefined ? 'not verified' : 'verified before';
    return paint.red(`✖ ${name} ${before}, and ${sick.join(', ')} ${sick.length === 1 ? 'is' : 'are'} sick now`);
  }
  return verifiedAt === undefined ? paint.yellow(`… ${name} not verified`) : paint.green(`✔ ${name} verified`);
}

function sickServices({ services }: EnvironmentView['report']): readonly string[] {
  return services
    .filter(({ health, isCritical }) => health === 'sick' && isCritical)
    .map(({ service }) => printable(service));
}

function serviceLines({ report }: EnvironmentView, paint: Paint): readonly string[] {
  const head = ['service', 'version', 'health', 'answers in', 'p95', 'errors', 'memory', 'CPU', 'restarts'];
  const rows = report.services.map((service): readonly (string | Cell)[] => [
    printable(service.service),
    versionText(service),
    healthCell(service, paint),
    measureText(service.responseTimeMs, formatMilliseconds),
    measureText(service.p95Ms, formatMilliseconds),
    errorsText(service),
    measureText(service.memoryBytes, formatBytes),
    measureText(service.cpuPercent, formatPercent),
    measureText(service.restarts, String),
  ]);
  return [
    ...table([head.map((text) => ({ text, paint: paint.dim })), ...rows], '  '),
    paint.dim(`  Errors, p95, memory and CPU of the last ${formatDuration(report.measuredSeconds * 1000)}.`),
  ];
}

/** The release that the image belongs to; else the image. */
export function versionText({ release, digest }: Pick<ServiceReport, 'release' | 'digest'>): string {
  if (release !== undefined) return printable(release);
  return digest === undefined ? 'unknown' : printable(digest.slice(0, 19));
}

function healthCell({ health, isCritical }: ServiceReport, paint: Paint): Cell {
  switch (health) {
    case 'healthy':
      return { text: '✔ healthy', paint: paint.green };
    case 'sick':
      return { text: isCritical ? '✖ sick' : '! sick', paint: isCritical ? paint.red : paint.yellow };
    case 'unknown':
      return { text: '? unknown', paint: paint.yellow };
  }
}

function errorsText({ errorRatePercent, requests }: ServiceReport): string {
  if (!errorRatePercent.isKnown || !requests.isKnown) return 'unknown';
  return `${formatPercent(errorRatePercent.value)} of ${requests.value.toLocaleString('en-US')}`;
}

function factRows(view: EnvironmentView, paint: Paint): readonly (readonly (string | Cell)[])[] {
  const { report, state, closures, at } = view;
  const { deployment, database, alerts } = report;
  const until = state?.undoWindowUntil;
  const held = state?.slotHeldBy;
  return [
    ['deployment', deployment.isKnown ? phaseCell(deployment, sickServices(report), paint) : unknownCell(paint)],
    ['database', databaseCell(database, paint)],
    ['alerts', alerts.isKnown ? alertsCell(alerts.open, paint) : unknownCell(paint)],
    ['undo window', until === undefined ? 'none is open' : undoText(until, at)],
    ...(held === undefined ? [] : [['slot', `held by ${printable(held)}`]]),
    ...(state?.autoPromotionPausedAt === undefined
      ? []
      : [
          [
            'auto-promotion',
            `paused; promote resume ${printable(report.application)} --env ${printable(report.environment)} goes on`,
          ],
        ]),
    ['closed', closures.length === 0 ? 'no hold and no freeze' : closureCell(closures[0], paint)],
    ...closures.slice(1).map((closure) => ['', closureCell(closure, paint)]),
  ];
}

function phaseCell(
  { phase, message }: { phase: string; message: string | undefined },
  sick: readonly string[],
  paint: Paint,
): Cell {
  // The platform counts instances that were started; whether they answer is seen from outside.
  if (phase === 'available' && sick.length > 0) {
    return { text: `available to the platform, but ${sick.join(', ')} cannot be used`, paint: paint.yellow };
  }
  const text = message === undefined ? phase : `${phase}: ${printable(message)}`;
  return phase === 'failed' ? { text, paint: paint.red } : { text };
}

function unknownCell(paint: Paint): Cell {
  return { text: 'unknown', paint: paint.yellow };
}

function databaseCell(database: DatabaseReport | undefined, paint: Paint): Cell {
  if (database === undefined) return { text: 'it has none here' };
  const name = printable(database.name);
  if (!database.isReachable && database.isFunctionAway) {
    return { text: `${name} is not known: the migration function does not answer`, paint: paint.yellow };
  }
  if (!database.isReachable) return { text: `✖ ${name} cannot be reached`, paint: paint.red };
  const { connectMs, queryMs, schemaVersion, sizeBytes, unfinished } = database;
  const facts = [
    `${name} answers in ${formatMilliseconds(queryMs)} (connects in ${formatMilliseconds(connectMs)})`,
    `schema ${String(schemaVersion)}`,
    formatBytes(sizeBytes),
  ].join(', ');
  if (unfinished.length === 0) return { text: facts };
  return { text: `${facts}; migration ${unfinished.join(', ')} is not finished`, paint: paint.red };
}

function alertsCell(open: readonly { readonly severity: string; readonly detail: string }[], paint: Paint): Cell {
  if (open.length === 0) return { text: 'none is open' };
  const text = open.map(({ severity, detail }) => `${severity}: ${printable(detail)}`).join('; ');
  return { text, paint: open.some(({ severity }) => severity === 'critical') ? paint.red : paint.yellow };
}

function undoText(until: Date, at: Date): string {
  const left = until.getTime() - at.getTime();
  return left > 0 ? `ends in ${formatDuration(left)}, until ${instantText(until)}` : 'ends now';
}

function closureCell(closure: StandingClosure | undefined, paint: Paint): Cell {
  if (closure === undefined) return { text: '' };
  const { kind, name, reason, until, by } = closure;
  const called = name === undefined ? '' : ` ${printable(name)}`;
  const end = until === undefined ? 'until it is released' : `until ${instantText(until)}`;
  const who = by === undefined ? 'the rules' : printable(by);
  return { text: `■ ${kind}${called} ${end}: ${printable(reason)} (${who})`, paint: paint.yellow };
}

function runningLines({ running, at }: EnvironmentView): readonly string[] {
  const rows = running.map(({ promotion, release }) => [
    printable(release),
    moveText(promotion),
    printable(promotion.id),
    currentText(promotion, promotion.updatedAt, at),
  ]);
  return table(rows, '  ');
}

/** Why something is not known, each reason once. */
function unknownLines({ report }: EnvironmentView): readonly string[] {
  const { deployment, services, database, alerts } = report;
  const reasons: readonly (readonly [what: string, why: string])[] = [
    ...(deployment.isKnown ? [] : [['deployment', deployment.why] as const]),
    ...services.flatMap(unknownOf),
    ...(database === undefined || database.isReachable ? [] : [['database', database.why] as const]),
    ...(alerts.isKnown ? [] : [['alerts', alerts.why] as const]),
  ];
  const byReason = new Map<string, readonly string[]>();
  for (const [what, why] of reasons) byReason.set(why, [...(byReason.get(why) ?? []), what]);
  return table(
    [...byReason].map(([why, what]) => [what.map(printable).join(', '), printable(why)]),
    '  ',
  );
}

function unknownOf(service: ServiceReport): readonly (readonly [string, string])[] {
  const { service: name, health, trouble } = service;
  const measures: readonly (readonly [string, Measure])[] = [
    ['answers', service.responseTimeMs],
    ['errors', service.errorRatePercent],
    ['p95', service.p95Ms],
    ['memory', service.memoryBytes],
    ['CPU', service.cpuPercent],
    ['restarts', service.restarts],
  ];
  return [
    // What is wrong with it belongs here, too: the table has no room for it.
    ...(health === 'healthy' || trouble === undefined ? [] : [[`${name} health`, trouble] as const]),
    ...measures.flatMap(([what, measure]) => (measure.isKnown ? [] : [[`${name} ${what}`, measure.why] as const])),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
