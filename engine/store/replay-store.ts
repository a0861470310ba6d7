import type { ApplicationPast, CommonPast, PastPromotion } from '../replay/past.ts';

export interface PastPromotionQuery {
  readonly application: string;
  /** Requested after it. */
  readonly since: Date | undefined;
  /** Those behind this one. */
  readonly after: Pick<PastPromotion['record'], 'id' | 'createdAt'> | undefined;
  readonly limit: number;
}

/** The past as it stands in one moment: what is written meanwhile is not seen. */
export interface PastReader {
  /** Applications that were promoted, by name. @param since undefined: ever. */
  applications(since: Date | undefined): Promise<readonly string[]>;
  common(): Promise<CommonPast>;
  application(name: string): Promise<ApplicationPast>;
  /** Promotions in the order in which they were asked for; rollbacks and contract runs, which no rule decides about, aside. */
  promotions(query: PastPromotionQuery): Promise<readonly PastPromotion[]>;
}

/** What is remembered of how promotions were decided. */
export interface ReplayStore {
  /** Looks at the past and writes nothing: the database itself refuses it. */
  look<Result>(use: (past: PastReader) => Promise<Result>): Promise<Result>;
}
