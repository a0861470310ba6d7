import type { Concern } from './concern.ts';

/** What a query says of itself. */
export interface LiveMeta extends Record<string, unknown> {
  /** With what its answer changes. Default: with settings. */
  readonly changesWith?: Concern;
}

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: LiveMeta;
  }
}
