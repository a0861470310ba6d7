import { fileURLToPath } from 'node:url';
import { TerraformStack, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { documentedOutputs, PromotionOutputs, type DocumentedOutput } from '../../constructs/outputs.ts';
import { readSeeds } from '../../scripts/seed-coverage.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = Object.keys(documentedOutputs) as DocumentedOutput[];
const values = Object.fromEntries(names.map((name) => [name, name])) as Record<DocumentedOutput, unknown>;

const outputsOf = (stack: TerraformStack): Record<string, { value?: unknown }> =>
  (JSON.parse(Testing.synth(stack)) as { output: Record<string, { value?: unknown }> }).output;

describe('the outputs', () => {
  it('are those of the module’s document, in its words', async () => {
    const seeds = await readSeeds(`${root}docs/seed-coverage`);
    const rows = seeds
      .flatMap(({ sentences }) => sentences)
      .filter(({ under, says }) => under === 'Outputs' && /^\| [a-z]/.test(says))
      .map(({ says }) => says);
    expect(names.map((name) => `| ${name} | ${documentedOutputs[name]} |`)).toEqual(rows);
  });

  it('have the documented names while there is one pair, whatever it is called', () => {
    const stack = new TerraformStack(Testing.app(), 'shop');
    new PromotionOutputs(new Construct(stack, 'shop-staging-to-prod'), 'outputs', values);
    expect(Object.keys(outputsOf(stack)).toSorted()).toEqual(names.toSorted());
  });

  it('of several pairs begin with where each is, none replacing another', () => {
    const stack = new TerraformStack(Testing.app(), 'shop');
    for (const path of [['eu', 'pair'], ['us', 'pair'], ['3d']]) {
      const pair = path.reduce<Construct>((scope, id) => new Construct(scope, id), stack);
      new PromotionOutputs(pair, 'outputs', values);
    }
    const found = Object.keys(outputsOf(stack));
    expect(found).toHaveLength(33);
    expect(found).toEqual(
      expect.arrayContaining(['eu_pair_promotion_ui_url', 'us_pair_promotion_ui_url', '_3d_promotion_ui_url']),
    );
  });

  it('tell what is switched off as null', () => {
    const stack = new TerraformStack(Testing.app(), 'shop');
    new PromotionOutputs(new Construct(stack, 'pair'), 'outputs', { ...values, dashboard_url: Token.nullValue() });
    expect(outputsOf(stack)['dashboard_url']?.value).toBeNull();
  });
});
