/** A problem as the API tells it (RFC 9457), with what to do about it. */
export interface Problem {
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
  /** The next thing to do. */
  readonly remedy?: string | undefined;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly remedy: string | undefined;

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `the server answered ${String(status)}`);
    this.status = status;
    this.remedy = problem.remedy;
  }

  /** Whether asking again would be answered in the same way. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}
