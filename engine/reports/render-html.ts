import { errorSeverities } from '../workflow/error-report.ts';
import { moveOf } from './move-of.ts';
import type { PromotionReport } from './promotion-report.ts';
import { withNames } from './with-names.ts';
import { formatBytes } from '../wording/format-bytes.ts';
import { formatDuration } from '../wording/format-duration.ts';

const style = `body{font:14px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #ddd;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}td,dd{white-space:pre-line}
dt{font-weight:600}dd{margin:0 0 .5rem}`;

/** A promotion as one HTML file that needs nothing else: no script, no address, all of others' words written out. */
export function renderHtml(unnamed: PromotionReport): string {
  const report = withNames(unnamed);
  const { promotion, outcome, timing, errors } = report;
  const title = `${promotion.application} ${promotion.release}: ${moveOf(promotion)}`;
  const counters = errorSeverities.map((severity) => `${severity} ${String(errors.bySeverity[severity])}`).join(' · ');
  const facts: readonly (readonly [string, string | null])[] = [
    ['Promotion', promotion.id],
    ['Outcome', outcome.text],
    ['Why', outcome.reason],
    ['Waits for', outcome.waitsFor],
    ['Asked for by', `${promotion.requestedBy.id}, ${timing.requestedAt}`],
    ['On behalf of', promotion.onBehalfOf],
    ['Reason', promotion.reason],
    ['Plan', promotion.planHash],
    ['Took', timing.tookMs === null ? null : formatDuration(timing.tookMs)],
    ['Failed', outcome.failure === null ? null : `${outcome.failure.step}: ${outcome.failure.message}`],
    ['What to do', outcome.failure?.remedy ?? null],
    ['Taken back', outcome.rollback?.reason ?? null],
    ['Errors', errors.list.length === 0 ? null : counters],
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title><style>${style}</style></head><body>`,
    `<h1>${escaped(title)}</h1><dl>`,
    ...facts.flatMap(([term, value]) =>
      value === null ? [] : [`<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`],
    ),
    '</dl>',
    ...table(
      'What was undone',
      ['step', 'what'],
      report.undone.map(({ step, summary }) => [step, summary]),
    ),
    ...table(
      'What stays',
      ['step', 'what'],
      report.kept.map(({ step, summary }) => [step, summary]),
    ),
    ...table(
      'Images',
      ['service', 'digest', 'from', 'to', 'size'],
      report.images.map(({ service, digest, source, destination, sizeBytes }) => [
        service,
        digest,
        `${source.repository}${source.tag === null ? '' : `:${source.tag}`}`,
        `${destination.repository}${destination.tag === null ? '' : `:${destination.tag}`}`,
        sizeBytes === null ? '' : formatBytes(sizeBytes),
      ]),
    ),
    ...table(
      'What changed',
      ['kind', 'what', 'before', 'after'],
      report.changes.map(({ kind, subject, before, after }) => [
        kind,
        subject,
        before ?? 'nothing',
        after ?? 'nothing',
      ]),
    ),
    ...table(
      'Left out by the rules',
      ['step', 'what that means'],
      promotion.leftOut.map(({ step, means }) => [step, means]),
    ),
    ...table(
      'Set aside',
      ['rule', 'by', 'at', 'reason'],
      report.overrides.map(({ kind, by, at, reason }) => [kind, by, at, reason]),
    ),
    ...table(
      'Checks',
      ['step', 'check', 'verdict', 'found', 'demanded', 'evidence', 'overruled by'],
      report.checks.map(({ step, check, verdict, detail, threshold, evidence, forcedBy }) => [
        ...[step, check, verdict, detail, threshold ?? ''],
        evidence.map(({ id }) => id).join(', '),
        forcedBy ?? '',
      ]),
    ),
    ...table(
      'Checklist',
      ['item', 'state', 'by', 'note'],
      report.checklist.map(({ item, state, by, note }) => [item, state, by ?? '', note ?? '']),
    ),
    ...table(
      'Approvals',
      ['stage', 'decision', 'by', 'at', 'plan', 'comment'],
      report.approvals.votes.map(({ stage, decision, by, at, planHash, comment }) => {
        return [stage, decision, by, at, planHash, comment ?? ''];
      }),
    ),
    ...table(
      'Notes',
      ['by', 'at', 'text'],
      report.notes.map(({ by, at, text }) => [by, at, text]),
    ),
    ...table(
      'Left to do',
      ['kind', 'what'],
      report.openItems.map(({ kind, detail }) => [kind, detail]),
    ),
    ...table(
      'Errors',
      ['time', 'step', 'attempt', 'category', 'severity', 'error', 'then'],
      errors.list.map(({ at, step, mode, attempt, category, severity, message, then }) => [
        ...[at, mode === 'undo' ? `undoing ${step}` : step, String(attempt), category, severity, message, then],
      ]),
    ),
    ...table(
      'Steps',
      ['step', 'status', 'attempts', 'took', 'result'],
      report.steps.map(({ name, status, attempts, tookMs, summary, error }) => [
        ...[name, status, String(attempts), tookMs === null ? '' : formatDuration(tookMs), summary ?? error ?? ''],
      ]),
    ),
    ...table(
      'Timeline',
      ['time', 'who', 'what'],
      report.timeline.map(({ at, by, text }) => [at, by, text]),
    ),
    '</body></html>',
    '',
  ].join('\n');
}

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return [
    `<h2>${escaped(title)}</h2><table>`,
    cells('th', columns),
    ...rows.map((row) => cells('td', row)),
    '</table>',
  ];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
