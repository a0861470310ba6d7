import type { Closure, EnvironmentState, MatrixPage, PromotionSummary } from '../../api/queries.ts';

/** What one cell of the matrix tells. */
export interface Cell {
  readonly state: EnvironmentState;
  /** On its way there now. */
  readonly moving: PromotionSummary | undefined;
  /** What keeps it closed now. */
  readonly closure: Closure | undefined;
}

export interface Row {
  readonly application: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

export interface Matrix {
  /** In the order in which releases pass them. */
  readonly environments: readonly string[];
  readonly rows: readonly Row[];
}

/** Puts what is known of each application and environment where a reader looks for it. */
export function toMatrix(pages: readonly MatrixPage[]): Matrix {
  return {
    environments: [...new Set(pages.flatMap(({ environments }) => environments))],
    rows: pages.flatMap(({ items, closures }) =>
      items.map(({ application, environments, running }) => {
        // Newest first; it is the newest that stays.
        const moving = new Map(running.toReversed().map((promotion) => [promotion.to, promotion]));
        const cells = environments.map(
          (state) =>
            [
              state.environment,
              {
                state,
                moving: moving.get(state.environment),
                closure: closures.find((each) => closes(each, state)),
              },
            ] as const,
        );
        return { application, cells: new Map(cells) };
      }),
    ),
  };
}

function closes(closure: Closure, { application, environment }: EnvironmentState): boolean {
  return [application, '*'].includes(closure.application) && [environment, '*'].includes(closure.environment);
}
