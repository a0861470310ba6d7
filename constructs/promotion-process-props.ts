import type { ControlPlaneOptions } from './control-plane/control-plane-options.ts';
import type { ControlPlaneAddress } from './control-plane/control-plane-view.ts';
import type { DocumentedProps } from './inputs/documented-props.ts';

/** The documented inputs, and what can be told beyond them. */
export interface PromotionProcessProps extends DocumentedProps, ControlPlaneOptions {
  /**
   * The installation that the pair joins: a `PromotionControlPlane`, of whatever stack of this app, or
   * `PromotionControlPlane.named(…)` for one that another app deploys.
   * @default the pair brings an installation of its own
   */
  readonly controlPlane?: ControlPlaneAddress;
  /**
   * Namespace that the application runs in, in the target.
   * @default as the rules say, else `kubernetesNamespace` with the target's name in place of the source's
   * @example "shop-prod"
   */
  readonly targetKubernetesNamespace?: string;
  /**
   * Domain of the application in the target; health and smoke tests ask it.
   * @default `domainName` with the target's name in place of the source's
   * @example "shop.example"
   */
  readonly targetDomainName?: string;
}
