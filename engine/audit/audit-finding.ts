/** One thing that does not hold about the audit trail. */
export interface AuditFinding {
  /** The promotion whose chain it is about; `*` when it is about a signed head, which covers many. */
  readonly promotionId: string;
  /** The first entry it is about; absent when it is about the chain as a whole or about a head. */
  readonly seq?: number;
  /** One sentence: what does not hold. */
  readonly problem: string;
}
