/** How much of a report is read before it is refused; what is beyond these is an accident or an attack. */
export interface ReadingLimits {
  readonly maximumBytes: number;
  /** Elements, objects and arrays inside each other. */
  readonly maximumDepth: number;
  /** Characters of one text, name or number; only so much of the input is in memory at once. */
  readonly maximumTextLength: number;
  /** Findings, rules or files that are kept, as opposed to only counted. */
  readonly maximumItems: number;
}

export const defaultReadingLimits: ReadingLimits = {
  maximumBytes: 512 * 1024 * 1024,
  maximumDepth: 64,
  maximumTextLength: 8 * 1024 * 1024,
  maximumItems: 20_000,
};
