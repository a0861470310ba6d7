/** What the package is imported for. Parts that these classes make are reached through their properties. */
export { PromotionControlPlane, type PromotionControlPlaneProps } from './promotion-control-plane.ts';
export { PromotionProcess } from './promotion-process.ts';
export type { PromotionProcessProps } from './promotion-process-props.ts';
export type { ControlPlaneOptions } from './control-plane/control-plane-options.ts';
export type { ControlPlaneAddress } from './control-plane/control-plane-view.ts';
export { EphemeralSecret, type SecretInput, type SecretReference } from './inputs/secret-input.ts';
