import { counted } from '../../engine/wording/counted.ts';
import type { Compared, ComparedEnvironments, Measure, PromotionForecast } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { versionText } from './environment-lines.ts';
import { formatMilliseconds, formatPercent, measureText } from './measure-text.ts';
import { planLines } from './plan-lines.ts';
import { readinessLines } from './readiness-lines.ts';
import { table, type Cell } from './table.ts';
import { formatBytes } from '../../engine/wording/format-bytes.ts';

type Row = readonly (string | Cell)[];
type Tables = Extract<ComparedEnvironments['tables'], { kind: 'compared' }>['value'];
type Contents = Tables[number]['from'];

/** More of a schema or of a configuration than this is in `--json`. */
const mostRows = 40;

/** Two environments side by side: `=` alike, `≠` not, `?` not known. */
export function comparisonLines(comparison: ComparedEnvironments, paint: Paint): readonly string[] {
  const { from, to, readiness, forecast } = comparison;
  const [left, right] = [printable(from.environment), printable(to.environment)];
  const head: Row = ['', '', { text: left, paint: paint.bold }, { text: right, paint: paint.bold }];
  const groups: readonly (readonly [title: string, rows: readonly Row[]])[] = [
    ['Versions', versionRows(comparison, paint)],
    ['Database', schemaRows(comparison, paint)],
    ['Tables', tableRows(comparison.tables, paint)],
    ['Configuration', configurationRows(comparison, paint)],
    ['Flags', flagRows(comparison, paint)],
    ['Response times', measureRows(comparison, 'responseTimeMs', formatMilliseconds)],
    ['Memory', measureRows(comparison, 'memoryBytes', formatBytes)],
    ['CPU', measureRows(comparison, 'cpuPercent', formatPercent)],
  ];
  // One table, so that the columns of all groups line up; the titles are put between their rows.
  const [headLine = '', ...lines] = table([head, ...groups.flatMap(([, rows]) => rows)]);
  let taken = 0;
  const body = groups.flatMap(([title, rows]) => {
    const own = lines.slice(taken, taken + rows.length);
    taken += rows.length;
    return [paint.bold(title), ...own];
  });
  return [
    `Comparing ${paint.bold(printable(from.application))}`,
    '',
    headLine,
    ...body,
    '',
    ...(forecast === undefined ? [] : [...forecastLines(forecast, right, paint), '']),
    ...readinessLines(readiness, left, right, paint),
  ];
}

/** What a promotion would change, without having asked for one. */
function forecastLines(forecast: PromotionForecast, to: string, paint: Paint): readonly string[] {
  const what = `${printable(forecast.release)} into ${to}`;
  if (forecast.kind === 'unknown')
    return [`What promoting ${what} would change is unknown: ${printable(forecast.why)}`];
  const [, ...lines] = planLines(forecast);
  return [paint.bold(`Promoting ${what} would change`), ...lines];
}

function mark(isSame: boolean | undefined, paint: Paint): Cell {
  if (isSame === undefined) return { text: '  ?', paint: paint.yellow };
  return isSame ? { text: '  =', paint: paint.dim } : { text: '  ≠', paint: paint.yellow };
}

/** A side, or the reason for which a part is not known. */
function group<Value>(part: Compared<Value>, none: string, paint: Paint, rows: (value: Value) => readonly Row[]) {
  switch (part.kind) {
    case 'compared':
      return rows(part.value);
    case 'unknown':
      return [[mark(undefined, paint), 'unknown', printable(part.why)]];
    case 'none':
      return [[{ text: '  –', paint: paint.dim }, none]];
  }
}

function versionRows({ versions }: ComparedEnvironments, paint: Paint): readonly Row[] {
  return versions.map(({ service, from, to, isSame }) => [
    mark(isSame, paint),
    printable(service),
    versionText(from),
    // A release that leaves a service as it was brings the same image under its own name.
    isSame === true && versionText(from) !== versionText(to) ? `${versionText(to)}, the same image` : versionText(to),
  ]);
}

function schemaRows({ schema, from, to }: ComparedEnvironments, paint: Paint): readonly Row[] {
  const [one, other] = [from.database, to.database];
  if (one === undefined || other === undefined) return group({ kind: 'none' }, 'one of them has none', paint, () => []);
  const version = (side: typeof one): string =>
    side.isReachable ? `version ${String(side.schemaVersion)}` : 'unknown';
  const isKnown = one.isReachable && other.isReachable;
  const isSame = isKnown ? one.schemaVersion === other.schemaVersion : undefined;
  return [
    [mark(isSame, paint), 'schema', version(one), version(other)],
    ...group(schema, '', paint, (changes) => {
      if (changes.length === 0) return [[mark(true, paint), 'definitions', 'alike', 'alike']];
      const has = (side: string | undefined, another: string | undefined): string =>
        side === undefined ? '–' : another === undefined ? 'only here' : 'another one';
      return cut(
        changes.map(({ object, from: here, to: there }) => [
          mark(false, paint),
          printable(object),
          has(here, there),
          has(there, here),
        ]),
      );
    }),
  ];
}

function tableRows(tables: ComparedEnvironments['tables'], paint: Paint): readonly Row[] {
  return group(tables, 'the rules name no comparison.tables', paint, (compared) =>
    compared.map(({ table: name, from, to, isSame }) => {
      const hasOthers = from.kind === 'read' && to.kind === 'read' && from.columns.join() !== to.columns.join();
      return [mark(isSame, paint), printable(name), contentsText(from, hasOthers), contentsText(to, hasOthers)];
    }),
  );
}

/** @param tellsColumns instead of the checksum, which is another one anyway over other columns. */
function contentsText(contents: Contents, tellsColumns: boolean): string {
  switch (contents.kind) {
    case 'read': {
      const rows = counted(contents.rows, 'row');
      return tellsColumns
        ? `${rows} of ${counted(contents.columns.length, 'column')}`
        : `${rows}, checksum ${contents.checksum.slice(0, 8)}`;
    }
    case 'missing':
      return 'no such table';
    case 'unreadable':
      return `unknown: ${printable(contents.why)}`;
  }
}

function configurationRows({ configuration }: ComparedEnvironments, paint: Paint): readonly Row[] {
  return group(configuration, '', paint, ({ differing: changes }) => {
    if (changes.length === 0) return [[mark(true, paint), 'every setting']];
    return cut(
      changes.map(({ subject, before, after }) => [
        mark(false, paint),
        printable(subject),
        shortened(printable(before ?? '–')),
        shortened(printable(after ?? '–')),
      ]),
    );
  });
}

/** Digests and addresses tell most at their ends. */
function shortened(text: string): string {
  const most = 40;
  return text.length <= most ? text : `${text.slice(0, most / 2)}…${text.slice(1 - most / 2)}`;
}

function flagRows({ flags }: ComparedEnvironments, paint: Paint): readonly Row[] {
  return group(flags, 'the rules give them none', paint, ({ differing: differences }) => {
    if (differences.length === 0) return [[mark(true, paint), 'every flag']];
    return cut(
      differences.map(({ key, from, to }) => [mark(false, paint), printable(key), flagText(from), flagText(to)]),
    );
  });
}

function flagText(state: { readonly isEnabled: boolean; readonly percentage: number } | undefined): string {
  if (state === undefined) return '–';
  return state.isEnabled ? `on, ${String(state.percentage)} %` : 'off';
}

function measureRows(
  { from, to }: ComparedEnvironments,
  measure: 'responseTimeMs' | 'memoryBytes' | 'cpuPercent',
  format: (value: number) => string,
): readonly Row[] {
  const unknown: Measure = { isKnown: false, why: '' };
  return from.services.map((service) => {
    const other = to.services.find((each) => each.service === service.service);
    return [
      '',
      printable(service.service),
      measureText(service[measure], format),
      measureText(other?.[measure] ?? unknown, format),
    ];
  });
}

function cut(rows: readonly Row[]): readonly Row[] {
  const more = rows.length - mostRows;
  return more <= 0 ? rows : [...rows.slice(0, mostRows), ['', `… and ${String(more)} more; --json has them all`]];
}
