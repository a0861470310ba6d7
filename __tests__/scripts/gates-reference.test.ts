import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { builtInGates } from '../../engine/gates/built-in-gates.ts';
import { demandedGates, gateNames, gatesSchema } from '../../engine/rules/gate-schema.ts';
import { gateProse } from '../../scripts/gate-prose.ts';
import { gatesReference } from '../../scripts/gates-reference.ts';

const file = new URL('../../docs/gates.md', import.meta.url);
const written = await readFile(file, 'utf8');
/** From its heading to the next one. */
const sectionOf = (gate: string): string =>
  written.split('\n## ').find((section) => section.split('\n')[0]?.endsWith(`: \`${gate}\``)) ?? '';

describe('docs/gates.md', () => {
  it('is what the schema and the words beside it make (npm run build:gates)', async () => {
    const style = await resolveConfig(file);
    expect(written).toBe(await format(gatesReference(), { ...style, parser: 'markdown' }));
  });

  it('has a section for every gate that rules can demand and the engine can judge, and for no other', () => {
    const headings = [...written.matchAll(/^## .*: `(\w+)`$/gm)].map(([, gate]) => gate);
    expect(headings).toEqual([...gateNames, 'custom']);
    expect(headings.toSorted()).toEqual([...builtInGates.keys()].toSorted());
  });

  it.each(Object.entries(gateProse))(
    'has an example of %s that rules may hold, and demands that gate alone',
    (gate, { example }) => {
      expect(sectionOf(gate)).toContain(example);
      const demanded = demandedGates(gatesSchema.parse(parse(example)));
      expect(demanded.map((each) => each.gate)).toEqual([gate]);
    },
  );

  it.each([...gateNames, 'custom'])('says of %s every setting, how old it may be and what is not known', (gate) => {
    const section = sectionOf(gate);
    expect(section).toMatch(/\nNot known: \S/);
    for (const setting of ['maxAgeSeconds', 'onMissing']) expect(section).toContain(`| \`${setting}\``);
  });
});
