/** How often what was done to the outside of the engine, as the outside tells it. */
export interface EffectCounts {
  /** Moves of the environment's branch. */
  readonly branchMoves: number;
  /** Moves of all refs that hold proposed changes. */
  readonly proposals: number;
  /** Replacements of the index of the target's image layout. */
  readonly imageIndexReplacements: number;
  readonly flagReplacements: number;
  readonly schemaChanges: number;
  /** Desired states that the platform began to act on. */
  readonly deployments: number;
  readonly databaseBackups: number;
  /** What it is of, the values and the metrics. */
  readonly backupDocuments: number;
  readonly reportDocuments: number;
  /** What the team's own step did, by its key: it may do the same again when its worker dies. */
  readonly stamps: number;
  /** Files that were changed where they are instead of being replaced; must stay 0. */
  readonly editsInPlace: number;
}

const nothing: EffectCounts = {
  branchMoves: 0,
  proposals: 0,
  imageIndexReplacements: 0,
  flagReplacements: 0,
  schemaChanges: 0,
  deployments: 0,
  databaseBackups: 0,
  backupDocuments: 0,
  reportDocuments: 0,
  stamps: 0,
  editsInPlace: 0,
};

/**
 * The first promotion of an application: one commit, one image copied, tagged and recorded, a back-up of three documents,
 * and one of everything else.
 */
export const effectsOfFirstPromotion: EffectCounts = {
  ...nothing,
  branchMoves: 1,
  proposals: 1,
  imageIndexReplacements: 3,
  flagReplacements: 1,
  schemaChanges: 1,
  deployments: 1,
  databaseBackups: 1,
  backupDocuments: 3,
  reportDocuments: 2,
};

/** What one does that replaces a release: the same, as a canary before it gets all requests. */
export const effectsOfPromotion: EffectCounts = { ...effectsOfFirstPromotion, deployments: 2, stamps: 1 };

/** What one does that takes itself back: the same, and each once more backward. */
export const effectsOfRollback: EffectCounts = {
  ...effectsOfPromotion,
  branchMoves: 2,
  proposals: 2,
  imageIndexReplacements: 5,
  flagReplacements: 2,
  schemaChanges: 2,
  deployments: 3,
  stamps: 2,
};

/** What one does that a person asked for to take back one that had gone well. */
export const effectsOfManualRollback: EffectCounts = {
  ...nothing,
  branchMoves: 1,
  proposals: 1,
  imageIndexReplacements: 2,
  flagReplacements: 1,
  schemaChanges: 1,
  deployments: 1,
  reportDocuments: 2,
  stamps: 1,
};

/** What one does that removes what older releases needed, when the undo window of the promotion before it is over. */
export const effectsOfContract: EffectCounts = {
  ...nothing,
  schemaChanges: 1,
  databaseBackups: 1,
  backupDocuments: 3,
  reportDocuments: 2,
};

export function difference(after: EffectCounts, before: EffectCounts): EffectCounts {
  return combine(after, before, (left, right) => left - right);
}

export function sum(left: EffectCounts, right: EffectCounts): EffectCounts {
  return combine(left, right, (a, b) => a + b);
}

export const noEffects = nothing;

/** What differs, in words; empty when nothing does. */
export function discrepancies(actual: EffectCounts, expected: EffectCounts): readonly string[] {
  return keys().flatMap((key) =>
    actual[key] === expected[key] ? [] : [`${key}: ${String(actual[key])} instead of ${String(expected[key])}`],
  );
}

function combine(left: EffectCounts, right: EffectCounts, operation: (a: number, b: number) => number): EffectCounts {
  const combined = Object.fromEntries(keys().map((key) => [key, operation(left[key], right[key])]));
  return { ...nothing, ...combined };
}

function keys(): readonly (keyof EffectCounts)[] {
  return Object.keys(nothing) as (keyof EffectCounts)[];
}
