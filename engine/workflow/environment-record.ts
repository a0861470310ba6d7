/** What can differ in an environment between two moments. */
export const changeKinds = ['release', 'image', 'configuration', 'schema', 'flag', 'override'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One thing that a promotion changed in its target, as `promote changed` answers it. */
export interface ChangeEntry {
  readonly kind: ChangeKind;
  /** The service, setting, migration or flag that it is about. */
  readonly subject: string;
  /** Undefined: it was not there. */
  readonly before: string | undefined;
  /** Undefined: it is not there any more. */
  readonly after: string | undefined;
}

/** A checklist item that a person has ticked. */
export interface ChecklistTick {
  readonly item: string;
  readonly phase: 'before' | 'after';
  /** An actor's id. */
  readonly tickedBy: string;
  readonly note: string | undefined;
  readonly at: Date;
}

/** What has to be done after a promotion, asked for until somebody says that it was done. */
export interface OpenItem {
  readonly id: string;
  readonly kind: 'merge-back' | 'post-mortem' | 'checklist';
  /** One sentence: what has to be done. */
  readonly detail: string;
}
