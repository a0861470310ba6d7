import { Testing, type TerraformStack } from 'cdktf';
import type { ControlPlaneOptions } from '../../constructs/control-plane/control-plane-options.ts';
import { viewByNames } from '../../constructs/control-plane/control-plane-view.ts';
import type { PlaneSettings } from '../../constructs/control-plane/plane-settings.ts';
import type { DocumentedProps } from '../../constructs/inputs/documented-props.ts';
import { effectiveInputs } from '../../constructs/inputs/effective-inputs.ts';
import { ControlPlaneNames, PairNames } from '../../constructs/naming/names.ts';
import type { PairSettings } from '../../constructs/pair/pair-settings.ts';
import { sevenInputs } from './seven-inputs.ts';
import { stackIn, synthesised, type Synthesised } from './synthesise.ts';

/** Synthesises what a test puts into a stack. */
export function partsIn(put: (stack: TerraformStack) => void): Synthesised {
  const stack = stackIn(Testing.app());
  put(stack);
  return synthesised(stack);
}

/** What an installation called `promotion` tells its parts. */
export function planeSettings(options: ControlPlaneOptions = {}): PlaneSettings {
  return {
    names: new ControlPlaneNames('shop-prod', 'promotion'),
    projectId: 'shop-prod',
    region: 'us-central1',
    labels: {},
    deletionProtection: true,
    encryptionKey: undefined,
    image: 'image@sha256:0',
    options,
  };
}

/** What a pair from staging to prod, on an installation elsewhere, tells its parts. */
export function pairSettings(inputs: Partial<DocumentedProps> = {}): PairSettings {
  const { names, projectId, region } = planeSettings();
  return {
    names: new PairNames(projectId, 'shop-staging-to-prod'),
    inputs: effectiveInputs({ ...sevenInputs, ...inputs }),
    projectId,
    region,
    labels: {},
    encryptionKey: undefined,
    plane: viewByNames({ names, projectId, region }, '42'),
    targetNamespace: 'shop-prod',
    isTargetArgoCd: false,
  };
}
