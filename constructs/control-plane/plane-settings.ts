import type { Condition, Decidable } from '../conditions/condition.ts';
import type { ControlPlaneNames } from '../naming/names.ts';
import type { ControlPlaneOptions } from './control-plane-options.ts';

/** What every part of an installation is told. */
export interface PlaneSettings {
  readonly names: ControlPlaneNames;
  readonly projectId: string;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly deletionProtection: Condition;
  readonly encryptionKey: string | undefined;
  readonly image: string;
  readonly options: Decidable<ControlPlaneOptions>;
}

/** Labels as a property that is absent when there are none: the API reads `{}` back as nothing. */
export function labelsOf({ labels }: Pick<PlaneSettings, 'labels'>): { readonly labels?: Record<string, string> } {
  return Object.keys(labels).length === 0 ? {} : { labels: { ...labels } };
}
