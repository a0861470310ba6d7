import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const sample = fileURLToPath(new URL('../../../examples/shop/promotion-rules.yaml', import.meta.url));

const named = z.looseObject({ name: z.string() });
const pathSchema = z.looseObject({ from: z.string(), to: z.string(), gates: z.record(z.string(), z.unknown()) });
const rulesSchema = z.looseObject({ environments: z.array(named), paths: z.array(pathSchema) });

/** What asks for a while, or for customers, neither of which there is here. */
const leftOut = ['stability', 'slo', 'errorBudget'];

/**
 * The rules of the sample, and behind its staging a production that two people let releases into: one for SRE, then one for
 * the product.
 */
export async function stageRules(): Promise<string> {
  const rules = rulesSchema.parse(parse(await readFile(sample, 'utf8')));
  const [path] = rules.paths;
  const staging = rules.environments.find(({ name }) => name === 'staging');
  if (path === undefined || staging === undefined) throw new Error(`${sample} has no path into staging`);
  const production = { ...staging, name: 'production', aliases: ['prod'], description: 'What customers use.' };
  const stages = [
    { name: 'SRE', people: ['sam', 'sofia'], timeoutSeconds: '24h' },
    { name: 'Product', people: ['pat'], timeoutSeconds: '24h' },
  ];
  const gates = Object.fromEntries(Object.entries(path.gates).filter(([gate]) => !leftOut.includes(gate)));
  return stringify({
    ...rules,
    environments: [...rules.environments, production],
    paths: [
      { ...path, gates },
      { ...path, from: 'staging', to: 'production', gates, approvals: { stages } },
    ],
  });
}
