/** What was given as evidence cannot be used; says what is wrong with it and where. Nothing of it was stored. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';

  /** @param place where in the input: `line 12`, `$.Results[0].Target`, `byte 4096`. */
  constructor(problem: string, place?: string) {
    super(place === undefined ? problem : `${place}: ${problem}`);
  }
}
