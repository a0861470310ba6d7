import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { documentedInputs, propertyName } from '../../../constructs/inputs/documented-inputs.ts';
import { suits } from '../../../constructs/inputs/input-check.ts';
import { effectiveInputs } from '../../../constructs/inputs/effective-inputs.ts';
import { promotionInputsSchema } from '../../../engine/rules/inputs-schema.ts';
import { documentedPropsSource, inputsTable } from '../../../scripts/inputs-reference.ts';
import { readSeeds } from '../../../scripts/seed-coverage.ts';
import { sevenInputs } from '../seven-inputs.ts';

const root = new URL('../../../', import.meta.url);

describe('the documented inputs', () => {
  it('are 31, and the engine knows the same by the same names', () => {
    const names = documentedInputs.map(({ name }) => propertyName(name));
    expect(names).toHaveLength(31);
    expect(names).toEqual(Object.keys(promotionInputsSchema.shape));
  });

  it('are those of the module’s document, row by row', async () => {
    const seeds = await readSeeds(fileURLToPath(new URL('docs/seed-coverage', root)));
    const rows = seeds
      .flatMap(({ sentences }) => sentences)
      .filter(({ under, says }) => under === 'Inputs' && /^\| [a-z]/.test(says))
      .map(({ says }) => says);
    const ours = documentedInputs.map(({ name, description, type, default: fallback }) => {
      const isRequired = fallback === undefined;
      const shown = isRequired ? 'n/a' : `\`${JSON.stringify(fallback)}\``;
      return `| ${name} | ${description} | \`${type}\` | ${shown} | ${isRequired ? 'yes' : 'no'} |`;
    });
    expect(ours).toEqual(rows);
  });

  it('have the defaults that the engine has', () => {
    const { success, data } = promotionInputsSchema.safeParse(sevenInputs);
    expect(success).toBe(true);
    expect(effectiveInputs(sevenInputs)).toEqual(data);
  });

  it.each(documentedInputs)('$name suits its own check with its example and its default', ({ check, ...input }) => {
    const given = [input.example, ...(input.default === undefined ? [] : [input.default])].flat();
    expect(given.filter((value) => !suits(check, value))).toEqual([]);
  });

  it('stand as TypeScript properties with unit, bound, default and example', async () => {
    const file = new URL('constructs/inputs/documented-props.ts', root);
    const style = await resolveConfig(file);
    const written = await format(documentedPropsSource(), { ...style, parser: 'typescript' });
    // Written by `npm run build:inputs`.
    expect(await readFile(file, 'utf8')).toBe(written);
  });

  it('stand in the table of docs/inputs.md', async () => {
    const file = new URL('docs/inputs.md', root);
    const style = await resolveConfig(file);
    const table = await format(inputsTable(), { ...style, parser: 'markdown' });
    expect(await readFile(file, 'utf8')).toContain(table.trim());
  });
});
