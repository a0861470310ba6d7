/** One thing that must be well for promotions to go well. */
export interface HealthCheck {
  readonly name: string;
  /** @returns in a few words what was seen. @throws what is wrong, in words for whoever is on call. */
  look(signal: AbortSignal): Promise<string>;
}

export type HealthAnswer =
  | { readonly check: string; readonly isWell: true; readonly seen: string }
  | { readonly check: string; readonly isWell: false; readonly error: string };
