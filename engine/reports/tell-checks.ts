import { z } from 'zod';
import type { Evidence } from '../evidence/evidence.ts';
import { describeGate } from '../rules/describe-gate.ts';
import type { DemandedGate } from '../rules/gate-schema.ts';
import type { GateRequirement } from '../workflow/definition.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import type { ReportedCheck } from './promotion-report.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { describeBytes } from '../wording/format-bytes.ts';

const gatesSchema = z.object({
  gates: z.array(
    z.object({
      gate: z.string(),
      verdict: z.string(),
      detail: z.string(),
      evidence: z.array(z.string()),
      forcedBy: z.string().optional(),
    }),
  ),
});
const imageChecksSchema = z.object({
  checks: z.array(
    z.object({
      service: z.string(),
      check: z.string(),
      verdict: z.string(),
      detail: z.string(),
      forcedBy: z.string().optional(),
    }),
  ),
});

/** Every check that was judged, in the order of the steps, with what was demanded and which evidence it was judged by. */
export function tellChecks(promotion: PromotionRecord, evidence: readonly Evidence[]): readonly ReportedCheck[] {
  return promotion.steps.flatMap((step) => [...gatesOf(promotion, step, evidence), ...imageChecksOf(promotion, step)]);
}

function gatesOf(
  promotion: PromotionRecord,
  { name: step, output }: StepRecord,
  known: readonly Evidence[],
): readonly ReportedCheck[] {
  const judged = gatesSchema.safeParse(output);
  if (!judged.success) return [];
  return judged.data.gates.map(({ gate, verdict, detail, evidence, forcedBy }) => ({
    step,
    check: gate,
    verdict,
    detail,
    threshold: thresholdOf(promotion, gate),
    evidence: evidence.map((id) => cited(id, known)),
    forcedBy: forcedBy ?? null,
  }));
}

function imageChecksOf(promotion: PromotionRecord, { name: step, output }: StepRecord): readonly ReportedCheck[] {
  const judged = imageChecksSchema.safeParse(output);
  if (!judged.success) return [];
  return judged.data.checks.map(({ service, check, verdict, detail, forcedBy }) => ({
    step,
    check: `image ${check}`,
    verdict,
    detail: `${service}: ${detail}`,
    threshold: imageThreshold(promotion, check),
    evidence: [],
    forcedBy: forcedBy ?? null,
  }));
}

function thresholdOf({ definition, fromEnvironment, toEnvironment }: PromotionRecord, gate: string): string | null {
  if (gate.startsWith('image ')) return imageThreshold({ definition }, gate.slice('image '.length));
  const requirement = definition.gates.find(({ name, gate: kind }) => (name ?? kind) === gate);
  if (requirement === undefined) return null;
  const words = describeRequirement(requirement, { from: fromEnvironment, to: toEnvironment });
  const { maxAgeSeconds } = requirement;
  return maxAgeSeconds === undefined ? words : `${words}, at most ${describeSeconds(maxAgeSeconds)} old`;
}

/** What an engine of another version wrote may have another form; it is then told as it is written. */
function describeRequirement(
  { gate, config, onMissing }: GateRequirement,
  ends: { readonly from: string; readonly to: string },
): string {
  const asWritten = `${gate} ${JSON.stringify(config)}`;
  try {
    const words = describeGate({ gate, settings: { ...config, onMissing } } as unknown as DemandedGate, ends);
    return /\bundefined\b|\bNaN\b/.test(words) ? asWritten : words;
  } catch {
    return asWritten;
  }
}

const imageSettingsSchema = z.object({
  minimumSizeBytes: z.number(),
  maximumSizeBytes: z.number(),
  platforms: z.array(z.string()),
  requiredLabels: z.array(z.string()),
  requireEntrypoint: z.boolean(),
});

function imageThreshold({ definition }: Pick<PromotionRecord, 'definition'>, check: string): string | null {
  const settings = imageSettingsSchema.safeParse(
    definition.steps.find(({ name }) => name === 'validate-artifacts')?.config,
  );
  if (!settings.success) return null;
  const { minimumSizeBytes, maximumSizeBytes, platforms, requiredLabels, requireEntrypoint } = settings.data;
  switch (check) {
    case 'exists':
      return 'the registry holds it by its digest';
    case 'size':
      return `${describeBytes(minimumSizeBytes)} to ${describeBytes(maximumSizeBytes)}`;
    case 'architecture':
      return platforms.length === 0 ? 'any platform' : `offers ${platforms.join(', ')}`;
    case 'layers':
      return 'every layer has its digest';
    case 'metadata':
      return 'says for which platform it was built';
    case 'labels':
      return requiredLabels.length === 0 ? 'none demanded' : requiredLabels.join(', ');
    case 'command':
      return requireEntrypoint ? 'ENTRYPOINT or CMD' : 'not demanded';
    default:
      return null;
  }
}

function cited(id: string, known: readonly Evidence[]): ReportedCheck['evidence'][number] {
  const found = known.find((each) => each.id === id);
  return {
    id,
    kind: found?.fact.kind ?? null,
    source: found?.source ?? null,
    collectedAt: found?.collectedAt.toISOString() ?? null,
  };
}
