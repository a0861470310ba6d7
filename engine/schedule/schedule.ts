import type { Freeze, Window } from '../rules/window-schema.ts';

/** Whose freeze it is: of all environments, of one of them, of an application, or declared by a person. */
export type FreezeOrigin = 'rules' | 'environment' | 'application' | 'declared';

/** What the rules say about when a path is open; stored with a promotion, as everything that it started with. */
export interface Schedule {
  /** None: always open. */
  readonly windows: readonly Window[];
  readonly freezes: readonly (Freeze & { readonly origin: FreezeOrigin })[];
  /** The environment is pinned by the rules. */
  readonly hold: { readonly reason: string; readonly until?: string | undefined } | undefined;
}

/** An environment of an application pinned to its release; `*` is every application. */
export interface Hold {
  readonly application: string;
  readonly environment: string;
  readonly reason: string;
  /** An actor's id. */
  readonly heldBy: string;
  readonly since: Date;
  /** Undefined: until somebody releases it. */
  readonly until: Date | undefined;
}

/** A freeze that somebody declared beside those in the rules; `*` is every application, or every environment. */
export interface DeclaredFreeze {
  readonly id: string;
  readonly name: string;
  readonly application: string;
  readonly environment: string;
  readonly reason: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly exceptHotfix: boolean;
  readonly declaredBy: string;
  readonly declaredAt: Date;
}

/** What people have declared that concerns one environment of one application, and is not lifted. */
export interface Declarations {
  readonly holds: readonly Hold[];
  readonly freezes: readonly DeclaredFreeze[];
}

export const nothingDeclared: Declarations = { holds: [], freezes: [] };

/** What a promotion has that lets it through where others wait. */
export interface Passage {
  readonly isHotfix: boolean;
  /** Whether somebody who may set freezes aside did so for it. */
  readonly overridesFreezes: boolean;
}

export const ordinaryPassage: Passage = { isHotfix: false, overridesFreezes: false };
