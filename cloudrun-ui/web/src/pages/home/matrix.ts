import type { Closure, EnvironmentState, Promotion } from '../../api/queries.ts';

/** What one cell of the matrix tells. */
export interface Cell {
  readonly state: EnvironmentState;
  /** On its way there now. */
  readonly moving: Promotion | undefined;
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
export function toMatrix(
  states: readonly EnvironmentState[],
  promotions: readonly Promotion[],
  closures: readonly Closure[],
): Matrix {
  const environments = [...new Set(states.map(({ environment }) => environment))];
  const moving = new Map(
    promotions.toReversed().map((promotion) => [`${promotion.application}\n${promotion.to}`, promotion]),
  );
  const rows = [...Map.groupBy(states, ({ application }) => application)].map(([application, own]) => ({
    application,
    cells: new Map(
      own.map((state) => [
        state.environment,
        {
          state,
          moving: moving.get(`${application}\n${state.environment}`),
          closure: closures.find((each) => closes(each, state)),
        },
      ]),
    ),
  }));
  return { environments, rows };
}

function closes(closure: Closure, { application, environment }: EnvironmentState): boolean {
  return [application, '*'].includes(closure.application) && [environment, '*'].includes(closure.environment);
}

/** The rows whose application has all of these words in its name. */
export function rowsNamed(rows: readonly Row[], search: string): readonly Row[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter(({ application }) => words.every((word) => application.toLowerCase().includes(word)));
}
