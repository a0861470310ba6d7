import { z } from 'zod';
import type { Measure } from '../metrics/service-levels.ts';
import { defineGate } from './gate.ts';
import { environmentOf, readLevels } from './read-levels.ts';
import { counted } from '../wording/counted.ts';

const configSchema = z.object({
  minimumAvailabilityPercent: z.number().optional(),
  maximumErrorRatePercent: z.number().optional(),
  maximumP95Ms: z.number().optional(),
  windowSeconds: z.number().positive(),
  environment: z.enum(['source', 'target']),
});

/** The service levels of an environment over a window, each bound inclusive; what the gate does not say, its rules do. */
export const sloGate = defineGate({
  name: 'slo',
  configSchema,
  async evaluate(context) {
    const { config } = context;
    const environment = environmentOf(context, config.environment);
    const { objectives } = environment;
    const availability = config.minimumAvailabilityPercent ?? objectives?.availabilityPercent;
    const errorRate = config.maximumErrorRatePercent ?? objectives?.errorRatePercent;
    const p95 = config.maximumP95Ms ?? objectives?.p95Ms;
    if (availability === undefined && errorRate === undefined && p95 === undefined) {
      return {
        kind: 'missing',
        detail: `nothing is promised of ${environment.name}: neither the gate nor its slo says what`,
      };
    }
    const from = new Date(context.now.getTime() - config.windowSeconds * 1000);
    const read = await readLevels(context, environment, from);
    if (!read.found) return { kind: 'missing', detail: `no service levels: ${read.why}` };
    const { levels } = read;
    const judged = [
      judgeLevel('availability', levels.availabilityPercent, availability, '≥', '%'),
      judgeLevel('errors', levels.errorRatePercent, errorRate, '≤', '%'),
      judgeLevel('p95', levels.p95Ms, p95, '≤', 'ms'),
    ].filter((each) => each !== undefined);
    // What is known to be broken is broken, whatever else is not known.
    const broken = judged.filter(({ kind }) => kind === 'fail');
    const unknown = judged.filter(({ kind }) => kind === 'missing');
    const saying = (some: typeof judged): string =>
      `${environment.name} ${some.map(({ detail }) => detail).join(', ')}`;
    if (broken.length > 0) return { kind: 'fail', detail: saying(broken), evidence: [] };
    if (unknown.length > 0) return { kind: 'missing', detail: saying(unknown) };
    return { kind: 'pass', detail: `${saying(judged)} (${counted(levels.requests, 'request')})`, evidence: [] };
  },
});

function judgeLevel(
  name: string,
  measure: Measure,
  bound: number | undefined,
  comparison: '≥' | '≤',
  unit: string,
): { readonly kind: 'pass' | 'fail' | 'missing'; readonly detail: string } | undefined {
  if (bound === undefined) return undefined;
  if (!measure.isKnown) return { kind: 'missing', detail: `${name} unknown: ${measure.why}` };
  const { value } = measure;
  const isMet = comparison === '≥' ? value >= bound : value <= bound;
  const opposite = comparison === '≥' ? '<' : '>';
  const found = `${name} ${shown(value)} ${unit} ${isMet ? comparison : opposite} ${String(bound)} ${unit}`;
  return { kind: isMet ? 'pass' : 'fail', detail: found };
}

/** For people; what is compared is unrounded, so a value that misses its bound by little is shown with more digits. */
function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
