import { jest } from '@jest/globals';
import { TerraformStack, type App } from 'cdktf';
import { readAppSettings } from '../../constructs/app/app-settings.ts';
import { buildStacks } from '../../constructs/app/build-stacks.ts';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { functionArchive } from '../constructs/synthesise.ts';
import { StackFolder } from './sample-stack.ts';
import { Terraform } from './terraform.ts';

jest.setTimeout(300_000);

let terraform: Terraform;
beforeAll(async () => {
  terraform = await Terraform.start();
});
afterAll(async () => {
  await terraform.stop();
});

describe('Terraform accepts every stack of', () => {
  it.each([
    'promotion/promotion-rules.yaml',
    'examples/rules/dev-to-staging.yaml',
    'examples/rules/image-promotion.yaml',
    'examples/rules/dev-staging-canary-production.yaml',
    'examples/rules/quikapp.yaml',
  ])('%s', async (file) => {
    const loaded = await loadRules(file);
    if (!loaded.ok) throw new Error(`${file} is no rules file`);
    await using folder = await StackFolder.make();
    const names: string[] = [];
    const place = folder.synth((app: App) => {
      const settings = { ...readAppSettings(app.node, {}), projectId: 'shop-prod' };
      buildStacks(app, settings, loaded.rules, functionArchive());
      names.push(...app.node.children.filter((child) => TerraformStack.isStack(child)).map(({ node }) => node.id));
    });
    expect(names).toHaveLength(1 + loaded.rules.paths.length);
    for (const name of names) {
      const { changes } = await terraform.accept(place(name));
      expect(changes.length).toBeGreaterThan(10);
    }
  });
});
