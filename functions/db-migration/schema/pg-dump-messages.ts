import type { MessagePort } from 'node:worker_threads';

/** What pg_dump's thread starts with. */
export interface DumpWorkerData {
  readonly args: readonly string[];
  /** One 32-bit word: 1 when an answer waits on the port. */
  readonly flag: SharedArrayBuffer;
  /** Carries the bytes of the Postgres protocol, a request and its answer at a time. */
  readonly wire: MessagePort;
}

export type DumpOutcome = { readonly sql: string } | { readonly failure: string };
