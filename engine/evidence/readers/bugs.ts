import { z } from 'zod';
import { findingSeverities, type FindingSeverity } from '../evidence.ts';
import { FindingList } from '../finding-list.ts';
import { array, object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import { zonedDate, type ReportReader } from '../report-reader.ts';

const text = z.string().max(10_000);
const issueSchema = z.object({
  number: z.int({ error: 'is missing; ask gh issue list --json for number' }).positive(),
  title: text.nullish(),
  labels: z.array(z.object({ name: text }), {
    error: 'is missing; ask gh issue list --json for labels, which say how bad an issue is',
  }),
  createdAt: text.nullish(),
  state: text.nullish(),
});

/** `gh issue list --json number,title,labels,createdAt,state` of the issues that are bugs. Closed ones do not count. */
export const readBugs: ReportReader = async (source, { limits }) => {
  const bugs = new FindingList(limits.maximumItems);
  const issue = object({
    number: scalar,
    title: scalar,
    labels: array(object({ name: scalar })),
    createdAt: scalar,
    state: scalar,
  });
  const root = array(issue, (value, place) => {
    const { number, title, labels, createdAt, state } = parseAt(issueSchema, value, place);
    if (state?.toUpperCase() === 'CLOSED') return;
    bugs.add(
      {
        id: String(number),
        severity: severityByLabels(labels.map(({ name }) => name)),
        subject: title ?? undefined,
        knownSince: zonedDate(createdAt)?.toISOString(),
      },
      place,
    );
  });
  await readJson(source, root, limits);
  return { facts: [{ kind: 'bugs', tracker: 'github', items: [...bugs.items] }], collectedAt: undefined };
};

/** `critical`, `priority: high`, `severity/low` and the like; the worst of them. Nobody has rated the others yet. */
function severityByLabels(labels: readonly string[]): FindingSeverity {
  const names = new Set(
    labels.map((label) =>
      label
        .toLowerCase()
        .replace(/^(priority|severity)\s*[:/]\s*/, '')
        .trim(),
    ),
  );
  return findingSeverities.find((severity) => names.has(severity)) ?? 'medium';
}
