import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const sample = fileURLToPath(new URL('../../../examples/shop/promotion-rules.yaml', import.meta.url));

const pathSchema = z.looseObject({ from: z.string(), to: z.string(), gates: z.record(z.string(), z.unknown()) });
const rulesSchema = z.looseObject({ paths: z.array(pathSchema) });

/** What asks for a while, which there is not. */
const leftOut = ['stability', 'slo', 'errorBudget'];

/** The rules of the sample, in which a quarter of the customers of staging meet a release before the others do. */
export async function canaryRules(): Promise<string> {
  const rules = rulesSchema.parse(parse(await readFile(sample, 'utf8')));
  const canary = {
    enabled: true,
    percentage: 25,
    durationSeconds: 20,
    minimumSuccessPercent: 90,
    checkIntervalSeconds: 3,
  };
  return stringify({
    ...rules,
    paths: rules.paths.map((path) => ({
      ...path,
      gates: Object.fromEntries(Object.entries(path.gates).filter(([gate]) => !leftOut.includes(gate))),
      canary,
    })),
  });
}
