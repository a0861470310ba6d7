/** What a promotion that nobody runs waits for, of what lasts: its turn in the environment, or people. */
export type WaitingFor = 'slot' | 'approval';

export interface WaitingCount {
  readonly from: string;
  /** The target. */
  readonly environment: string;
  readonly waitingFor: WaitingFor;
  readonly promotions: number;
  /** Since when the first of them has waited. */
  readonly since: Date;
}

export interface WaitingApproval {
  readonly promotionId: string;
  readonly application: string;
  readonly from: string;
  readonly environment: string;
  /** Who is asked, in words. */
  readonly detail: string;
  readonly since: Date;
}

/** Promotions that wait, over all applications. */
export interface WaitingStore {
  /** By path; a path where none waits is not among them. */
  counts(): Promise<readonly WaitingCount[]>;
  /** Those that have waited for an approval since `before` or longer, the longest first. */
  approvals(before: Date, limit: number): Promise<readonly WaitingApproval[]>;
}
