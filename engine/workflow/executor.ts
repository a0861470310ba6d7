/** Starts runs of promotions somewhere: a process of this machine, a build in the cloud. */
export interface Executor {
  /** Starts a run of a promotion; answers once it was handed over, not when it ends. */
  start(run: { readonly promotionId: string; readonly runId: string }): Promise<void>;
}
