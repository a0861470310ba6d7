import type { EvidenceFact } from '../evidence.ts';
import type { ReportReader } from '../report-reader.ts';
import { readSarif } from '../sarif.ts';

/** SARIF of a linter: how many errors and warnings; notes are not counted. */
export const readSarifLint: ReportReader = async (text, { limits }) => {
  const { runs, collectedAt } = await readSarif(text, limits);
  const tools = new Map<string, { errors: number; warnings: number }>();
  for (const { tool, results } of runs) {
    const counts = tools.get(tool.toLowerCase()) ?? { errors: 0, warnings: 0 };
    tools.set(tool.toLowerCase(), counts);
    for (const { level } of results) {
      if (level === 'error') counts.errors += 1;
      else if (level === 'warning') counts.warnings += 1;
    }
  }
  const facts = [...tools].map(([tool, counts]): EvidenceFact => ({ kind: 'lint', tool, ...counts }));
  return { facts, collectedAt };
};
