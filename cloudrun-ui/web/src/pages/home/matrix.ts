import type {
  Closure,
  ComingFreeze,
  EnvironmentState,
  MatrixPage,
  MatrixRow,
  PromotionSummary,
} from '../../api/queries.ts';
import { factsOf, type CellFact } from './cell-facts.ts';

export type WaitsForYou = MatrixRow['waitsForYou'][number];

/** What is known of an environment of an application. */
export interface Place {
  readonly state: EnvironmentState;
  /** On its way there now. */
  readonly moving: PromotionSummary | undefined;
  /** What keeps it closed now. */
  readonly closure: Closure | undefined;
  /** The freeze that closes it next. */
  readonly freeze: ComingFreeze | undefined;
  /** What whoever looks can do something about. */
  readonly waitsForYou: WaitsForYou | undefined;
}

/** What one cell of the matrix tells. */
export interface Cell {
  readonly state: EnvironmentState;
  /** A line each; what needs the reader first. */
  readonly facts: readonly CellFact[];
}

export interface Row {
  readonly application: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** The columns, in the order in which releases pass them. */
export function columnsOf(pages: readonly MatrixPage[]): readonly string[] {
  return [...new Set(pages.flatMap(({ environments }) => environments))];
}

/** Puts what is known of each application and environment of a page where a reader looks for it. */
export function rowsOf({ items, closures, freezesAhead }: MatrixPage): readonly Row[] {
  const freezes = freezesAhead.toSorted((one, other) => one.from.localeCompare(other.from));
  return items.map(({ application, environments, running, waitsForYou }) => {
    // Newest first; it is the newest that stays.
    const moving = new Map(running.toReversed().map((promotion) => [promotion.to, promotion]));
    const cells = environments.map((state) => {
      const facts = factsOf({
        state,
        moving: moving.get(state.environment),
        closure: closures.find((each) => concerns(each, state)),
        freeze: freezes.find((each) => concerns(each, state)),
        waitsForYou: waitsForYou.find(({ environment }) => environment === state.environment),
      });
      return [state.environment, { state, facts }] as const;
    });
    return { application, cells: new Map(cells) };
  });
}

function concerns(
  scope: Pick<Closure, 'application' | 'environment'>,
  { application, environment }: EnvironmentState,
): boolean {
  return [application, '*'].includes(scope.application) && [environment, '*'].includes(scope.environment);
}
