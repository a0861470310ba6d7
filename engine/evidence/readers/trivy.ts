import { z } from 'zod';
import { EvidenceError } from '../evidence-error.ts';
import type { Finding } from '../evidence.ts';
import { FindingList, severityOf } from '../finding-list.ts';
import { array, object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import { zonedDate, type ReportReader } from '../report-reader.ts';

const text = z.string().max(10_000);
const vulnerabilitySchema = z.object({
  VulnerabilityID: text,
  PkgName: text.nullish(),
  InstalledVersion: text.nullish(),
  Severity: text,
  PublishedDate: text.nullish(),
});
const misconfigurationSchema = z.object({ ID: text, Status: text.nullish(), Severity: text });
const secretSchema = z.object({ RuleID: text, Severity: text });
const licenseSchema = z.object({ Name: text, PkgName: text.nullish(), FilePath: text.nullish(), Severity: text });
const reportSchema = z.object({
  SchemaVersion: z.literal(2, { error: 'must be 2; is this of trivy --format json?' }),
  CreatedAt: z.string().nullish(),
  Results: z.array(z.unknown(), { error: 'is missing: nothing was scanned' }),
});

/** `trivy --format json`: vulnerabilities, misconfigurations, secrets and licenses. */
export const readTrivy: ReportReader = async (source, { limits }) => {
  const findings = new FindingList(limits.maximumItems);
  // What is found in a target is known by the target's name, which may come after it.
  let ofTarget: { readonly finding: Omit<Finding, 'subject'>; readonly place: string }[] = [];
  let targets = 0;

  const vulnerabilities = array(
    object({
      VulnerabilityID: scalar,
      PkgName: scalar,
      InstalledVersion: scalar,
      Severity: scalar,
      PublishedDate: scalar,
    }),
    (value, place) => {
      const each = parseAt(vulnerabilitySchema, value, place);
      const subject = [each.PkgName, each.InstalledVersion].filter((part) => part !== null && part !== undefined);
      findings.add(
        {
          id: each.VulnerabilityID,
          severity: severityOf(each.Severity, `${place}.Severity`),
          subject: subject.join('@'),
          knownSince: zonedDate(each.PublishedDate)?.toISOString(),
        },
        place,
      );
    },
  );
  const keep = (id: string, severity: string, place: string): void => {
    if (ofTarget.length >= limits.maximumItems) {
      throw new EvidenceError(`has more than ${String(limits.maximumItems)} findings`, place);
    }
    ofTarget.push({ finding: { id, severity: severityOf(severity, `${place}.Severity`) }, place });
  };
  const result = object({
    Target: scalar,
    Vulnerabilities: vulnerabilities,
    Misconfigurations: array(object({ ID: scalar, Status: scalar, Severity: scalar }), (value, place) => {
      const each = parseAt(misconfigurationSchema, value, place);
      if (each.Status !== 'PASS' && each.Status !== 'EXCEPTION') keep(each.ID, each.Severity, place);
    }),
    Secrets: array(object({ RuleID: scalar, Severity: scalar }), (value, place) => {
      const each = parseAt(secretSchema, value, place);
      keep(each.RuleID, each.Severity, place);
    }),
    Licenses: array(object({ Name: scalar, PkgName: scalar, FilePath: scalar, Severity: scalar }), (value, place) => {
      const each = parseAt(licenseSchema, value, place);
      keep(`${each.Name}:${each.PkgName ?? each.FilePath ?? ''}`, each.Severity, place);
    }),
  });
  const report = await readJson(
    source,
    object({
      SchemaVersion: scalar,
      CreatedAt: scalar,
      Results: array(result, (value, place) => {
        const { Target: target } = parseAt(z.object({ Target: text }), value, place);
        for (const { finding, place: where } of ofTarget) {
          findings.add({ ...finding, id: `${finding.id}:${target}`, subject: target, knownSince: undefined }, where);
        }
        ofTarget = [];
        targets += 1;
      }),
    }),
    limits,
  );
  const { CreatedAt: createdAt } = parseAt(reportSchema, report, '$');
  if (targets === 0) throw new EvidenceError('names nothing that was scanned', '$.Results');
  return { facts: [findings.fact('trivy')], collectedAt: zonedDate(createdAt) };
};
