import type { EnvironmentState, MatrixPage } from '../../api/queries.ts';

/** What one application runs on two sides. */
export interface ComparedStates {
  readonly application: string;
  /** Undefined: it has no such environment. */
  readonly from: EnvironmentState | undefined;
  readonly to: EnvironmentState | undefined;
  readonly isSame: boolean;
}

/** By the names of the applications; those that are on neither side are left out. */
export function compareStates(pages: readonly MatrixPage[], from: string, to: string): readonly ComparedStates[] {
  return pages
    .flatMap(({ items }) => items)
    .map(({ application, environments }) => {
      const [one, other] = [from, to].map((name) => environments.find(({ environment }) => environment === name));
      return { application, from: one, to: other, isSame: (one?.release ?? null) === (other?.release ?? null) };
    })
    .filter((row) => row.from !== undefined || row.to !== undefined);
}
