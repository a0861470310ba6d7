import { z } from 'zod';
import { buildReport } from '../reports/build-report.ts';
import { keepReport } from '../reports/keep-report.ts';
import { readReportFacts } from '../reports/report-facts.ts';
import { outcomeOf } from '../workflow/outcome.ts';
import { defineStep } from '../workflow/step-definition.ts';

/**
 * Writes what happened, for machines and for people, so that whoever is told of the end finds it. What comes behind it,
 * the end itself included, `ReportWriter` adds; it also writes the reports of promotions that end without this step.
 */
export const report = defineStep({
  name: 'report',
  version: 1,
  oldestVersion: 1,
  phase: 'report',
  title: 'report',
  isOptional: true,
  configSchema: z.object({}),
  async run({ promotion, release, ports, queries, effect }) {
    const facts = await readReportFacts(queries, promotion, release);
    const told = buildReport(facts, outcomeOf(promotion));
    const location = await keepReport(ports.documents, promotion, told, effect);
    return { kind: 'done', summary: location, output: { location } };
  },
});
