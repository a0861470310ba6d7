import type { Condition } from '../conditions/condition.ts';
import type { ControlPlaneView } from '../control-plane/control-plane-view.ts';
import type { EffectiveInputs } from '../inputs/effective-inputs.ts';
import type { PairNames } from '../naming/names.ts';

/** What every part of a pair is told. */
export interface PairSettings {
  readonly names: PairNames;
  readonly inputs: EffectiveInputs;
  readonly projectId: string;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly encryptionKey: string | undefined;
  readonly plane: ControlPlaneView;
  /** Namespace that the target's application runs in. */
  readonly targetNamespace: string;
  /** Whether Argo CD deploys there, and the runner only looks. */
  readonly isTargetArgoCd: Condition;
}
