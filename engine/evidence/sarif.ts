import { z } from 'zod';
import { EvidenceError } from './evidence-error.ts';
import { array, object, parseAt, scalar } from './json-shape.ts';
import { readJson } from './read-json.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { later, zonedDate } from './report-reader.ts';

export type SarifLevel = 'error' | 'warning' | 'note' | 'none';

/** One result that counts: not suppressed, not absent, and of a kind that is a problem or may be one. */
export interface SarifResult {
  readonly ruleId: string;
  readonly level: SarifLevel;
  /** CVSS-like, 0 to 10, where the rule or the result has one. */
  readonly securitySeverity: number | undefined;
  /** The file it is about, as the tool writes it. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly firstSeen: string | undefined;
  readonly place: string;
}

export interface SarifRun {
  readonly tool: string;
  readonly results: readonly SarifResult[];
}

const text = z.string().max(10_000);
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish();
const level = z.enum(['error', 'warning', 'note', 'none'], { error: 'must be error, warning, note or none' });
const properties = maybe(z.object({ 'security-severity': maybe(z.union([z.string(), z.number()])) }));

const ruleSchema = z.object({
  id: text,
  defaultConfiguration: maybe(z.object({ level: maybe(level) })),
  properties,
});
const componentSchema = z.object({ name: text, rules: maybe(z.array(ruleSchema)) });
const resultSchema = z.object({
  ruleId: maybe(text),
  ruleIndex: maybe(z.int()),
  rule: maybe(
    z.object({ id: maybe(text), index: maybe(z.int()), toolComponent: maybe(z.object({ index: maybe(z.int()) })) }),
  ),
  level: maybe(level),
  kind: maybe(z.enum(['pass', 'open', 'informational', 'notApplicable', 'review', 'fail'])),
  baselineState: maybe(text),
  suppressions: maybe(z.array(z.object({ status: maybe(text) }))),
  locations: maybe(
    z.array(
      z.object({
        physicalLocation: maybe(
          z.object({
            artifactLocation: maybe(z.object({ uri: maybe(text) })),
            region: maybe(z.object({ startLine: maybe(z.int()) })),
          }),
        ),
      }),
    ),
  ),
  properties,
  provenance: maybe(z.object({ firstDetectionTimeUtc: maybe(text) })),
});
type RawResult = z.infer<typeof resultSchema> & { readonly place: string };
const runSchema = z.object({
  tool: z.object({ driver: componentSchema, extensions: maybe(z.array(componentSchema)) }),
  results: z.array(z.unknown(), { error: 'is missing: the tool did not get as far as having results' }),
  invocations: maybe(z.array(z.object({ executionSuccessful: maybe(z.boolean()), endTimeUtc: maybe(text) }))),
  externalPropertyFileReferences: maybe(z.object({ results: maybe(z.array(z.unknown())) })),
});
type Run = z.infer<typeof runSchema>;

const severityProperty = object({ 'security-severity': scalar });
const component = object({
  name: scalar,
  rules: array(object({ id: scalar, defaultConfiguration: object({ level: scalar }), properties: severityProperty })),
});

/** Reads a SARIF 2 log (OASIS) run by run. @throws EvidenceError */
export async function readSarif(
  source: AsyncIterable<string>,
  limits: ReadingLimits,
): Promise<{ readonly runs: readonly SarifRun[]; readonly collectedAt: Date | undefined }> {
  const runs: SarifRun[] = [];
  let collectedAt: Date | undefined;
  let pending: RawResult[] = [];
  let kept = 0;
  const result = object({
    ruleId: scalar,
    ruleIndex: scalar,
    rule: object({ id: scalar, index: scalar, toolComponent: object({ index: scalar }) }),
    level: scalar,
    kind: scalar,
    baselineState: scalar,
    suppressions: array(object({ status: scalar })),
    locations: array(
      object({
        physicalLocation: object({
          artifactLocation: object({ uri: scalar }),
          region: object({ startLine: scalar }),
        }),
      }),
    ),
    properties: severityProperty,
    provenance: object({ firstDetectionTimeUtc: scalar }),
  });
  const run = object({
    tool: object({ driver: component, extensions: array(component) }),
    results: array(result, (value, place) => {
      const parsed = parseAt(resultSchema, value, place);
      if (!counts(parsed)) return;
      kept += 1;
      if (kept > limits.maximumItems) {
        throw new EvidenceError(`has more than ${String(limits.maximumItems)} results`, place);
      }
      pending.push({ ...parsed, place });
    }),
    invocations: array(object({ executionSuccessful: scalar, endTimeUtc: scalar })),
    externalPropertyFileReferences: object({ results: array(object({})) }),
  });
  const log = await readJson(
    source,
    object({
      version: scalar,
      runs: array(run, (value, place) => {
        const parsed = parseAt(runSchema, value, place);
        refuseUnfinished(parsed, place);
        for (const each of parsed.invocations ?? []) collectedAt = later(collectedAt, zonedDate(each.endTimeUtc));
        runs.push({ tool: parsed.tool.driver.name, results: pending.map((each) => resolve(each, parsed)) });
        pending = [];
      }),
    }),
    limits,
  );
  const { version } = parseAt(z.object({ version: z.string(), runs: z.array(z.unknown()) }), log, '$');
  if (!version.startsWith('2.')) throw new EvidenceError(`is SARIF ${version.slice(0, 40)}; 2.1 is read`, '$.version');
  if (runs.length === 0) throw new EvidenceError('names no run of a tool', '$.runs');
  return { runs, collectedAt };
}

function refuseUnfinished(run: Run, place: string): void {
  if (run.invocations?.some((each) => each.executionSuccessful === false) === true) {
    throw new EvidenceError(`says that its run of ${run.tool.driver.name} did not succeed`, `${place}.invocations`);
  }
  if ((run.externalPropertyFileReferences?.results ?? []).length > 0) {
    throw new EvidenceError('keeps its results in other files; write them into one', place);
  }
}

/** Suppressed is what every suppression of it says is accepted (SARIF 2.1.0, section 3.27.23). */
function counts({ kind, baselineState, suppressions }: z.infer<typeof resultSchema>): boolean {
  if (kind === 'pass' || kind === 'notApplicable' || kind === 'informational') return false;
  if (baselineState === 'absent') return false;
  const all = suppressions ?? [];
  return all.length === 0 || !all.every(({ status }) => (status ?? 'accepted') === 'accepted');
}

function resolve(result: RawResult, run: Run): SarifResult {
  const { driver, extensions } = run.tool;
  const componentIndex = result.rule?.toolComponent?.index;
  const owner = componentIndex === null || componentIndex === undefined ? driver : extensions?.[componentIndex];
  const index = result.rule?.index ?? result.ruleIndex ?? undefined;
  const id = result.ruleId ?? result.rule?.id ?? undefined;
  const byId = [driver, ...(extensions ?? [])]
    .flatMap(({ rules }) => rules ?? [])
    // A result may name a part of its rule: `CA1000/1`.
    .find((rule) => rule.id === id || id?.startsWith(`${rule.id}/`) === true);
  const rule = (index === undefined ? undefined : owner?.rules?.[index]) ?? byId;
  const location = result.locations?.[0]?.physicalLocation;
  const ruleId = id ?? rule?.id;
  if (ruleId === undefined) throw new EvidenceError('names no rule', result.place);
  return {
    ruleId,
    level: levelOf(result, rule?.defaultConfiguration?.level ?? undefined),
    securitySeverity: scoreOf(
      result.properties?.['security-severity'] ?? rule?.properties?.['security-severity'] ?? undefined,
      result.place,
    ),
    file: location?.artifactLocation?.uri ?? undefined,
    line: location?.region?.startLine ?? undefined,
    firstSeen: zonedDate(result.provenance?.firstDetectionTimeUtc)?.toISOString(),
    place: result.place,
  };
}

/** A result that waits for a person has no level of its own, and is a warning until somebody has looked. */
function levelOf(result: RawResult, ofRule: SarifLevel | undefined): SarifLevel {
  if (result.kind === 'open' || result.kind === 'review') return 'warning';
  return result.level ?? ofRule ?? 'warning';
}

function scoreOf(value: string | number | undefined, place: string): number | undefined {
  if (value === undefined || value === '') return undefined;
  const score = Number(value);
  if (score >= 0 && score <= 10) return score;
  throw new EvidenceError(`security-severity must be from 0 to 10 and is "${String(value).slice(0, 40)}"`, place);
}
