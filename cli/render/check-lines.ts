import { padTo } from '../display-width.ts';
import type { Check, LookAhead } from '../look-ahead.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { remedyFor, type CheckSubject } from './check-remedies.ts';
import { promotionHeader } from './promotion-header.ts';

const nameWidth = 17;

/** Every requirement, met or not, with what to do about those that are not; then what people will be asked for. */
export function checkLines({ view, checks, outcome }: LookAhead, paint: Paint): readonly string[] {
  const failed = checks.filter(({ verdict }) => verdict === 'fail').length;
  return [
    promotionHeader(view, paint),
    ...checks.flatMap((check) => linesOf(check, view, paint)),
    ...demands(view).map((demand) => `  ${paint.dim('·')} ${demand}`),
    '',
    verdictLine(outcome, failed, checks.length, paint),
  ];
}

function verdictLine(outcome: LookAhead['outcome'], failed: number, all: number, paint: Paint): string {
  switch (outcome) {
    case 'met':
      return `${paint.green('✔')} Every requirement that can be checked beforehand is met.`;
    case 'unmet':
      return `${paint.red('✖')} ${String(failed)} of ${String(all)} requirements not met.`;
    case 'unknown':
      return `${paint.red('✖')} Not everything could be looked at.`;
  }
}

function linesOf({ name, verdict, detail }: Check, view: LookAhead['view'], paint: Paint): readonly string[] {
  const [first = '', ...more] = detail.split('\n').map(printable);
  const indent = ' '.repeat(nameWidth + 4);
  const head = `  ${mark(verdict, paint)} ${padTo(printable(name), nameWidth)}${first}`;
  const remedy =
    verdict === 'fail' ? [`${indent}${paint.dim(`→ ${printable(remedyFor(name, subjectOf(view), detail))}`)}`] : [];
  return [head, ...more.map((line) => indent + line), ...remedy];
}

/** What the commands of its remedies are about. */
export function subjectOf({ promotion, release }: LookAhead['view']): CheckSubject {
  const { application, fromEnvironment, toEnvironment } = promotion;
  return { application, release: release.name, from: fromEnvironment, to: toEnvironment, promotionId: promotion.id };
}

function mark(verdict: Check['verdict'], paint: Paint): string {
  switch (verdict) {
    case 'pass':
      return paint.green('✔');
    case 'warn':
      return paint.yellow('!');
    case 'fail':
      return paint.red('✖');
  }
}

/** What is asked of people before it runs. */
function demands({ promotion }: LookAhead['view']): readonly string[] {
  return promotion.definition.approvalStages.map(
    ({ name, roles, people, minimumApprovals }) =>
      `then the approval of ${printable(name)}: ${String(minimumApprovals)} of ${[...people, ...roles.map((role) => `role ${role}`)].map(printable).join(', ')}`,
  );
}
