import { z } from 'zod';
import { FindingList, severityOf } from '../finding-list.ts';
import { array, object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import { zonedDate, type ReportReader } from '../report-reader.ts';

const text = z.string().max(10_000);
const matchSchema = z.object({
  vulnerability: z.object({ id: text, severity: text }),
  artifact: z.object({ name: text, version: text.nullish() }).nullish(),
});
const reportSchema = z.object({
  matches: z.array(z.unknown(), { error: 'is missing; is this of grype -o json?' }),
  descriptor: z.object({ name: z.literal('grype'), timestamp: z.string().nullish() }).nullish(),
});

/** `grype -o json`; what grype itself was told to ignore is not among its matches. */
export const readGrype: ReportReader = async (source, { limits }) => {
  const findings = new FindingList(limits.maximumItems);
  const match = object({
    vulnerability: object({ id: scalar, severity: scalar }),
    artifact: object({ name: scalar, version: scalar }),
  });
  const report = await readJson(
    source,
    object({
      matches: array(match, (value, place) => {
        const { vulnerability, artifact } = parseAt(matchSchema, value, place);
        const version = artifact?.version ?? '';
        findings.add(
          {
            id: vulnerability.id,
            severity: severityOf(vulnerability.severity === '' ? 'unknown' : vulnerability.severity, place),
            subject: artifact === null || artifact === undefined ? undefined : `${artifact.name}@${version}`,
            knownSince: undefined,
          },
          place,
        );
      }),
      descriptor: object({ name: scalar, timestamp: scalar }),
    }),
    limits,
  );
  const { descriptor } = parseAt(reportSchema, report, '$');
  return { facts: [findings.fact('grype')], collectedAt: zonedDate(descriptor?.timestamp) };
};
