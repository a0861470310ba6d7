import { readinessParts, type Readiness } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table, type Cell } from './table.ts';

/** The score, what it is made of, and what follows from it. */
export function readinessLines(
  readiness: Readiness | undefined,
  from: string,
  to: string,
  paint: Paint,
): readonly string[] {
  if (readiness === undefined) {
    return [`No path leads from ${from} to ${to}, so nothing can be promoted and no readiness is judged.`];
  }
  const { checks } = readiness;
  const parts = readinessParts.flatMap((part): readonly (readonly (string | Cell)[])[] => {
    const own = checks.filter((check) => check.part === part);
    if (own.length === 0) return [];
    const weight = own.reduce((sum, each) => sum + each.weight, 0);
    const passed = own.reduce((sum, each) => sum + (each.isPassed === true ? each.weight : 0), 0);
    const isWhole = passed === weight;
    const standing = { text: isWhole ? '✔' : '✖', paint: isWhole ? paint.green : paint.red };
    return [[standing, part, `${String(passed)} of ${String(weight)}`]];
  });
  const open = checks
    .filter(({ isPassed }) => isPassed !== true)
    .map(({ name, detail, isPassed }) => {
      const unknown = isPassed === undefined ? 'not known: ' : '';
      return `    ${printable(name)}: ${unknown}${printable(detail)}`;
    });
  return [paint.bold('Readiness'), ...table(parts, '  '), ...open, '', ...verdictLines(readiness, from, to, paint)];
}

function verdictLines(readiness: Readiness, from: string, to: string, paint: Paint): readonly string[] {
  const { score, verdict, readyPercent, cautionPercent, isDemanded } = readiness;
  const found = score === undefined ? 'There is nothing to judge by' : percent(score);
  const demanded = isDemanded
    ? []
    : [`${from} → ${to} does not demand it (gates.readiness), so promote run does not ask.`];
  switch (verdict) {
    case 'ready':
      return [`${paint.green('✔')} ${found}: ready for promotion (${percent(readyPercent)} and above).`, ...demanded];
    case 'caution':
      return [
        `${paint.yellow('!')} ${found}: promotion with caution (${percent(cautionPercent)} to below ${percent(readyPercent)}).`,
        ...(isDemanded ? [`  It needs an acknowledgement: promote run --to ${to} --acknowledge "<reason>"`] : demanded),
      ];
    case 'not-ready':
      return [`${paint.red('✖')} ${found}: not ready for promotion (below ${percent(cautionPercent)}).`, ...demanded];
  }
}

/** As it is; a score never reaches a bound by being rounded. */
function percent(value: number): string {
  return `${String(Number(value.toPrecision(6)))} %`;
}
