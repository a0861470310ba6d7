import { counted } from '../../engine/wording/counted.ts';
import type { PromotionView } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import type { Check, LookAhead } from '../look-ahead.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { remedyFor, type CheckSubject } from './check-remedies.ts';
import { promotionHeader } from './promotion-header.ts';

const nameWidth = 17;

/** Every requirement, met or not, with what to do about those that are not; then what people will be asked for. */
export function checkLines(ahead: LookAhead, paint: Paint): readonly string[] {
  const { request, view, checks } = ahead;
  const { application, release, from, to } = request;
  const header =
    view === undefined
      ? paint.bold(`Looking at ${printable(application)} ${printable(release)}  ${printable(from)} → ${printable(to)}`)
      : promotionHeader(view, paint);
  return [
    header,
    ...checks.flatMap((check, index) => linesOf(check, remedyBelow(checks, index, ahead), paint)),
    ...(view === undefined ? [] : demands(view)).map((demand) => `  ${paint.dim('·')} ${demand}`),
    '',
    verdictLine(ahead, paint),
  ];
}

function verdictLine({ outcome, checks, nothingToDo }: LookAhead, paint: Paint): string {
  const failed = checks.filter(({ verdict }) => verdict === 'fail').length;
  switch (outcome) {
    case 'nothing-to-do':
      return `${paint.green('✔')} ${printable(nothingToDo ?? 'Nothing to do.')}`;
    case 'met':
      return `${paint.green('✔')} Every requirement that can be checked beforehand is met.`;
    case 'unmet':
      return `${paint.red('✖')} ${String(failed)} of ${counted(checks.length, 'requirement')} not met.`;
    case 'unknown':
      return `${paint.red('✖')} Not everything could be looked at.`;
  }
}

/** What to do about a check that failed; undefined where another one below has the same advice, which then is said there. */
function remedyBelow(checks: readonly Check[], index: number, ahead: LookAhead): string | undefined {
  const adviceOf = ({ name, verdict, detail }: Check): string | undefined =>
    verdict === 'fail' ? remedyFor(name, subjectOf(ahead), detail) : undefined;
  const [check, ...below] = checks.slice(index);
  const advice = check === undefined ? undefined : adviceOf(check);
  return below.some((other) => adviceOf(other) === advice) ? undefined : advice;
}

function linesOf({ name, verdict, detail }: Check, advice: string | undefined, paint: Paint): readonly string[] {
  const [first = '', ...more] = detail.split('\n').map(printable);
  const indent = ' '.repeat(nameWidth + 4);
  const head = `  ${mark(verdict, paint)} ${padTo(printable(name), nameWidth)}${first}`;
  const remedy = advice === undefined ? [] : [`${indent}${paint.dim(`→ ${printable(advice)}`)}`];
  return [head, ...more.map((line) => indent + line), ...remedy];
}

/** What the commands of its remedies are about. */
export function subjectOf({ request, view }: LookAhead): CheckSubject {
  const { application, release, from, to } = request;
  return { application, release, from, to, ...(view === undefined ? {} : { promotionId: view.promotion.id }) };
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
function demands({ promotion }: PromotionView): readonly string[] {
  return promotion.definition.approvalStages.map(
    ({ name, roles, people, minimumApprovals }) =>
      `then the approval of ${printable(name)}: ${String(minimumApprovals)} of ${[...people, ...roles.map((role) => `role ${role}`)].map(printable).join(', ')}`,
  );
}
