import type { DocumentStore } from '../storage/document-store.ts';
import type { ReportFormat } from '../workflow/definition.ts';
import type { Effect } from '../workflow/fence.ts';
import { complianceRecord } from './compliance-record.ts';
import type { PromotionReport } from './promotion-report.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';

export interface ReportSettings {
  readonly formats: readonly ReportFormat[];
  /** Whether the six groups of an audit log are kept beside it. */
  readonly hasCompliance: boolean;
}

/** What a promotion that says nothing of it gets. */
export const usualReport: ReportSettings = { formats: ['json', 'markdown'], hasCompliance: false };

/** The folder of a promotion's reports in the document store. */
export function reportFolder(promotionId: string): string {
  return `reports-${promotionId}`;
}

const names: Readonly<Record<ReportFormat, string>> = {
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
};

/** Writes a report in every form that is wanted; what is there already stays. @returns where people find it. */
export async function keepReport(
  documents: Pick<DocumentStore, 'write'>,
  report: PromotionReport,
  { formats, hasCompliance }: ReportSettings,
  effect: Effect,
): Promise<string> {
  const folder = reportFolder(report.promotion.id);
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
