import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { outcomeText, renderReport } from '../reports/render-report.ts';
import { checklistStanding } from '../workflow/checklist.ts';
import { outcomeOf } from '../workflow/outcome.ts';
import { defineStep } from '../workflow/step-definition.ts';

/** Writes what happened, for machines and for people. */
export const report = defineStep({
  name: 'report',
  version: 1,
  oldestVersion: 1,
  phase: 'report',
  title: 'report',
  isOptional: true,
  configSchema: z.object({}),
  async run({ promotion, release, ports, queries, effect }) {
    const folder = `reports-${promotion.id}`;
    const outcome = { state: outcomeOf(promotion), text: outcomeText(promotion) };
    const [votes, ticks, notes, spokenFor] = await Promise.all([
      queries.votes(promotion.id),
      queries.ticks(promotion.id),
      queries.notes(promotion.id),
      queries.spokenFor(promotion.id),
    ]);
    const people = { votes, checklist: checklistStanding(promotion, ticks), notes, spokenFor };
    const told = { ...people, spokenFor: Object.fromEntries(spokenFor) };
    const json = JSON.parse(JSON.stringify({ release: release.name, outcome, promotion, people: told })) as JsonObject;
    await ports.documents.write(folder, 'report.json', `${JSON.stringify(json, null, 2)}\n`, effect);
    const { location } = await ports.documents.write(
      folder,
      'report.md',
      renderReport(promotion, release, people),
      effect,
    );
    return { kind: 'done', summary: location, output: { location } };
  },
});
