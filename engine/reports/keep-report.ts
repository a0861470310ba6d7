import type { DocumentStore } from '../storage/document-store.ts';
import type { ReportFormat, ReportRule } from '../workflow/definition.ts';
import type { Effect } from '../workflow/fence.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { complianceRecord } from './compliance-record.ts';
import type { PromotionReport } from './promotion-report.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';

/** What a promotion of an engine that had no rule about it gets. */
const usualRule: ReportRule = { isKept: true, formats: ['json', 'markdown'], hasCompliance: false };

type Reported = Pick<PromotionRecord, 'id'> & { readonly definition: Pick<PromotionRecord['definition'], 'reports'> };

/** What is to be kept of how a promotion went. */
export function reportRule({ definition }: Pick<Reported, 'definition'>): ReportRule {
  return definition.reports ?? usualRule;
}

/** The folder of a promotion's reports in the document store. */
export function reportFolder(promotion: Reported): string {
  const { folder } = reportRule(promotion);
  return folder === undefined ? `reports-${promotion.id}` : `${folder}/${promotion.id}`;
}

const names: Readonly<Record<ReportFormat, string>> = {
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
};

/** Writes a report in every form that is wanted; what is there already stays. @returns where people find it. */
export async function keepReport(
  documents: Pick<DocumentStore, 'write'>,
  promotion: Reported,
  report: PromotionReport,
  effect: Effect,
): Promise<string> {
  const { formats, hasCompliance } = reportRule(promotion);
  const folder = reportFolder(promotion);
  let location: string | undefined;
  for (const format of ['json', 'html', 'markdown'] as const) {
    if (!formats.includes(format)) continue;
    ({ location } = await documents.write(folder, names[format], renderReport(report, format), effect));
  }
  if (hasCompliance) {
    const text = `${JSON.stringify(complianceRecord(report), null, 2)}\n`;
    const written = await documents.write(folder, 'compliance.json', text, effect);
    location ??= written.location;
  }
  if (location === undefined) throw new Error('a report needs at least one format');
  return location;
}

export function renderReport(report: PromotionReport, format: ReportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'markdown':
      return renderMarkdown(report);
    case 'html':
      return renderHtml(report);
  }
}
