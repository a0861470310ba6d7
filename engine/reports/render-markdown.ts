import { errorSeverities } from '../workflow/error-report.ts';
import { inline, linesOf } from './inline.ts';
import { moveOf } from './move-of.ts';
import { withNames } from './with-names.ts';
import type { PromotionReport, ReportedCheck, ReportedError, ReportedItem } from './promotion-report.ts';
import { formatBytes } from '../wording/format-bytes.ts';
import { formatDuration } from '../wording/format-duration.ts';

/** A promotion as a Markdown document for people; what there is nothing of is left out. */
export function renderMarkdown(report: PromotionReport): string {
  return [
    ...body(report),
    ...table('Timeline', ['time', 'who', 'what'], report.timeline.filter(isTold), ({ at, by, text }) => [at, by, text]),
    `Made from ${String(report.audit.entries)} entries of the audit trail, the last with the hash ${report.audit.head}.`,
    '',
  ].join('\n');
}

/** The same without what only somebody reads who looks into it, for the summary of a CI job. */
export function renderSummary(report: PromotionReport): string {
  return body(report).join('\n');
}

function body(unnamed: PromotionReport): readonly string[] {
  const report = withNames(unnamed);
  const { promotion } = report;
  return [
    `# ${inline(`${promotion.application} ${promotion.release}`)}: ${moveOf(promotion)}`,
    '',
    ...heads(report),
    '',
    ...list('What was undone', report.undone, ({ step, summary }) => `${step}: ${summary}`),
    ...list('What stays', report.kept, ({ step, summary }) => `${step}: ${summary}`),
    ...list('Images', report.images, ({ service, digest, source, destination, sizeBytes }) => {
      const size = sizeBytes === null ? '' : `, ${formatBytes(sizeBytes)}`;
      return `${service}: ${destination.repository}@${digest} (${tagged(source)} → ${tagged(destination)}${size})`;
    }),
    ...table('What changed', ['kind', 'what', 'before', 'after'], report.changes, (change) => [
      change.kind,
      change.subject,
      change.before ?? 'nothing',
      change.after ?? 'nothing',
    ]),
    ...list('Left out by the rules', promotion.leftOut, ({ step, means }) => `${step}: ${means}`),
    ...list('Set aside', report.overrides, ({ kind, by, at, reason }) => `${kind} by ${by}, ${at}: ${reason}`),
    ...table('Checks', ['step', 'check', 'verdict', 'found', 'demanded', 'evidence'], report.checks, checkCells),
    ...list('Checklist', report.checklist, itemText),
    ...list('Approvals', report.approvals.votes, ({ stage, decision, by, at, planHash, isOverThisPlan, comment }) => {
      const plan = `plan ${planHash}${isOverThisPlan ? '' : ' (another by now)'}`;
      return `${stage}: ${decision} by ${by}, ${at}, ${plan}${comment === null ? '' : `: ${spoken(comment)}`}`;
    }),
    ...list('Notes', report.notes, ({ by, at, text }) => `${by}, ${at}: ${spoken(text)}`),
    ...list('Left to do', report.openItems, ({ kind, detail }) => `${kind}: ${detail}`),
    ...errors(report),
    ...table('Steps', ['step', 'status', 'attempts', 'took', 'waited', 'result'], report.steps, (step) => {
      const { undo } = step;
      const undone = undo === null ? '' : `; undo ${undo.status}: ${undo.summary ?? undo.error ?? ''}`;
      const result = `${step.summary ?? step.error ?? ''}${undone}`;
      const waited = step.waitedMs === 0 ? '' : formatDuration(step.waitedMs);
      const took = step.tookMs === null ? '' : formatDuration(step.tookMs);
      return [step.name, step.status, String(step.attempts), took, waited, result];
    }),
  ];
}

/** What people say over several lines is one text; what machines say so is several. */
function spoken(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** What others already say in the same moment. */
const quiet: readonly string[] = ['step-started', 'compensation-started', 'plan-made'];

function isTold({ type }: PromotionReport['timeline'][number]): boolean {
  return !quiet.includes(type);
}

function heads({ promotion, outcome, timing }: PromotionReport): readonly string[] {
  const { requestedBy, source } = promotion;
  const { failure, rollback } = outcome;
  const took =
    timing.tookMs === null
      ? []
      : [
          `Took: ${formatDuration(timing.tookMs)}, of which ${formatDuration(timing.waitedMs)} waiting${timing.failedMs === 0 ? '' : `, beside ${formatDuration(timing.failedMs)} that it lay failed`}`,
        ];
  return [
    `Promotion: ${promotion.id}`,
    `Outcome: ${outcome.text}`,
    ...(outcome.waitsFor === null ? [] : [`Waits for: ${outcome.waitsFor}`]),
    ...(outcome.reason === null ? [] : [`Why: ${outcome.reason}`]),
    `Asked for by: ${requestedBy.id}, ${timing.requestedAt}`,
    ...(promotion.onBehalfOf === null ? [] : [`On behalf of: ${promotion.onBehalfOf}`]),
    ...(promotion.lane === 'hotfix' ? [`Lane: ${['hotfix', ...promotion.laneTerms].join('; ')}`] : []),
    ...(promotion.reason === null ? [] : [`Reason: ${promotion.reason}`]),
    ...(promotion.rollbackOf === null ? [] : [`Takes back: ${promotion.rollbackOf}`]),
    ...(promotion.contractOf === null ? [] : [`Contract migrations of: ${promotion.contractOf}`]),
    `Plan: ${promotion.planHash ?? 'none'}`,
    ...(source === null ? [] : [`Source: ${source.repository} at ${source.commit}`]),
    ...took,
    ...(failure === null
      ? []
      : [
          failedIn(failure),
          `Kind of error: ${failure.category}, ${failure.severity}${failure.code === null ? '' : `, ${failure.code}`}`,
          `What to do: ${failure.remedy}`,
        ]),
    ...(rollback === null
      ? []
      : [`${rollback.trigger === 'cancel' ? 'Cancelled' : 'Rolled back'} (${rollback.trigger}): ${rollback.reason}`]),
    ...(rollback?.confirmedBy === undefined || rollback.confirmedBy === null
      ? []
      : [`Taken back by hand, as ${rollback.confirmedBy} says`]),
  ].flatMap((line) => (typeof line === 'string' ? [`- ${inline(line)}`] : line));
}

/** Several failures are a list of their own below what failed. */
function failedIn({ step, message }: NonNullable<PromotionReport['outcome']['failure']>): string | readonly string[] {
  const failures = linesOf(message);
  if (failures.length < 2) return `Failed in ${step}: ${message}`;
  return [`- Failed in ${inline(step)}:`, ...failures.map((failure) => `  - ${inline(failure)}`)];
}

function errors({ errors: { bySeverity, byCategory, passedOver, list: all } }: PromotionReport): readonly string[] {
  if (all.length === 0) return [];
  const counters = errorSeverities.map((severity) => `${severity} ${String(bySeverity[severity])}`).join(' · ');
  const categories = Object.entries(byCategory)
    .filter(([, count]) => count > 0)
    .map(([category, count]) => `${category} ${String(count)}`);
  const passed = (['MEDIUM', 'LOW'] as const)
    .filter((severity) => passedOver[severity].count > 0)
    .map((severity) => {
      const { count, limit } = passedOver[severity];
      return `Passed over: ${String(count)} ${severity}, allowed are ${limit === null ? 'any number' : String(limit)}.`;
    });
  return [
    '## Errors',
    '',
    `${counters}, by category ${categories.join(' · ')}.`,
    ...passed,
    '',
    ...rows(['time', 'step', 'attempt', 'category', 'severity', 'error', 'what was tried'], all, (error) => [
      error.at,
      error.mode === 'undo' ? `undoing ${error.step}` : error.step,
      String(error.attempt),
      error.category,
      error.severity,
      `${error.code === null ? '' : `${error.code}: `}${error.message}`,
      triedText(error),
    ]),
    '',
  ];
}

function triedText({ then, backoffSeconds, remedy }: ReportedError): string {
  if (then === 'tried again' && backoffSeconds !== null)
    return `tried again after ${formatDuration(backoffSeconds * 1000)}`;
  return then === 'gave up' ? `gave up; to do: ${remedy}` : then;
}

function checkCells({ step, check, verdict, detail, threshold, evidence, forcedBy }: ReportedCheck): readonly string[] {
  const cited = evidence.map(({ id, source, collectedAt }) => {
    const from = [source, collectedAt].filter((each) => each !== null);
    return from.length === 0 ? id : `${id} (${from.join(', ')})`;
  });
  const said = forcedBy === null ? verdict : `${verdict}, overruled by ${forcedBy}`;
  return [step, check, said, detail, threshold ?? '', cited.join('; ')];
}

function itemText({ item, state, by, note }: ReportedItem): string {
  const said = note === null || note === '' ? '' : `: ${note}`;
  switch (state) {
    case 'ticked-by-person':
      return `[x] ${item}, ${by ?? ''}${said}`;
    case 'ticked-by-gate':
      return `[x] ${item}, gate ${by ?? ''}${said}`;
    case 'overruled':
      return `[ ] ${item}, not met and overruled by ${by ?? ''}${said}`;
    default:
      return `[ ] ${item}`;
  }
}

function tagged({ repository, tag }: { readonly repository: string; readonly tag: string | null }): string {
  return tag === null ? repository : `${repository}:${tag}`;
}

function list<Entry>(title: string, entries: readonly Entry[], tell: (entry: Entry) => string): readonly string[] {
  if (entries.length === 0) return [];
  return [`## ${title}`, '', ...entries.map((entry) => `- ${inline(tell(entry))}`), ''];
}

function table<Entry>(
  title: string,
  columns: readonly string[],
  entries: readonly Entry[],
  cells: (entry: Entry) => readonly string[],
): readonly string[] {
  return entries.length === 0 ? [] : [`## ${title}`, '', ...rows(columns, entries, cells), ''];
}

function rows<Entry>(
  columns: readonly string[],
  entries: readonly Entry[],
  cells: (entry: Entry) => readonly string[],
): readonly string[] {
  return [
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
    ...entries.map((entry) => `| ${cells(entry).map(inline).join(' | ')} |`),
  ];
}
