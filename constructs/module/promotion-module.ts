import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { App } from 'cdktf';
import { not } from '../conditions/condition.ts';
import { warningsOf } from '../inputs/check-documented.ts';
import { variableNames } from '../inputs/documented-inputs.ts';
import { PromotionProcess } from '../promotion-process.ts';
import { asModule, type ModuleConfiguration } from './as-module.ts';
import { moduleInputs } from './module-inputs.ts';
import { ModuleStack } from './module-stack.ts';

/** The HCL module: the construct itself, with Terraform variables for its inputs. */
export function promotionModule(): ModuleConfiguration {
  const outdir = mkdtempSync(path.join(tmpdir(), 'terraform-module-'));
  try {
    const app = new App({ outdir });
    const stack = new ModuleStack(app, 'promotion-process');
    // CDKTF wants them; the module has none of its own.
    new GoogleProvider(stack, 'google', {});
    new KubernetesProvider(stack, 'kubernetes', {});
    const props = moduleInputs(stack);
    new PromotionProcess(stack, 'promotion', props);
    for (const { about, applies, text } of warningsOf(props)) {
      const assertion = { condition: not(applies), error_message: variableNames(text) };
      stack.addOverride(`check.${variableNames(about)}`, { assert: [assertion] });
    }
    app.synth();
    return asModule(JSON.parse(readFileSync(path.join(outdir, 'stacks', stack.node.id, 'cdk.tf.json'), 'utf8')));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
