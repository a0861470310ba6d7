/** One stage that people are looked for. */
export interface StageToStaff {
  /** Everybody who could approve it, each written one way; undefined: nobody can tell, because a role is bound elsewhere. */
  readonly people: ReadonlySet<string> | undefined;
  /** How many of them must. */
  readonly minimum: number;
}

/**
 * The first stage for which the people run out, or undefined when all can be filled. Where one person counts in one
 * stage only, two stages that share people may each have enough and yet not both: people are assigned to stages by
 * augmenting paths (bipartite matching), so the answer is exact.
 */
export function firstUnstaffedStage(
  stages: readonly StageToStaff[],
  samePersonMayFillStages: boolean,
): number | undefined {
  const tooSmall = stages.findIndex(({ people, minimum }) => people !== undefined && people.size < minimum);
  if (samePersonMayFillStages) return tooSmall === -1 ? undefined : tooSmall;
  const known = stages.slice(0, tooSmall === -1 ? stages.length : tooSmall);
  const contested = contestedStages(known);
  const assignment = new Assignment(stages);
  for (const stage of contested) {
    for (let slot = 0; slot < (stages[stage]?.minimum ?? 0); slot += 1) {
      if (!assignment.assignOneMore(stage)) return stage;
    }
  }
  return tooSmall === -1 ? undefined : tooSmall;
}

/** Those that could run out of people: a stage with as many as all stages together need can always be filled last. */
function contestedStages(stages: readonly StageToStaff[]): readonly number[] {
  let left = [...stages.keys()].filter((index) => stages[index]?.people !== undefined);
  for (;;) {
    const demand = left.reduce((sum, index) => sum + (stages[index]?.minimum ?? 0), 0);
    const still = left.filter((index) => (stages[index]?.people?.size ?? 0) < demand);
    if (still.length === left.length) return left;
    left = still;
  }
}

/** Who stands for which stage; people move to another of their stages when that makes room. */
class Assignment {
  readonly #stages: readonly StageToStaff[];
  readonly #stageOf = new Map<string, number>();
  /** People of each stage who have not been asked yet; whoever stands somewhere never becomes free again. */
  readonly #unasked: readonly Iterator<string>[];

  constructor(stages: readonly StageToStaff[]) {
    this.#stages = stages;
    this.#unasked = stages.map(({ people }) => (people ?? new Set<string>()).values());
  }

  /** @returns false when nobody is left, however people are moved. */
  assignOneMore(stage: number): boolean {
    return this.#assignFreePerson(stage) || this.#makeRoom(stage);
  }

  #assignFreePerson(stage: number): boolean {
    for (let next = this.#unasked[stage]?.next(); next?.done === false; next = this.#unasked[stage]?.next()) {
      if (this.#stageOf.has(next.value)) continue;
      this.#stageOf.set(next.value, stage);
      return true;
    }
    return false;
  }

  #makeRoom(stage: number): boolean {
    // Breadth first, by hand: a chain of moves may be as long as there are people.
    const wantedBy = new Map<string, number>();
    const leaverOf = new Map<number, string>();
    const waiting = [stage];
    for (let here = waiting.shift(); here !== undefined; here = waiting.shift()) {
      for (const person of this.#stages[here]?.people ?? []) {
        if (wantedBy.has(person)) continue;
        wantedBy.set(person, here);
        const taken = this.#stageOf.get(person);
        if (taken === undefined) {
          this.#moveAlong(person, stage, wantedBy, leaverOf);
          return true;
        }
        if (taken === stage || leaverOf.has(taken)) continue;
        leaverOf.set(taken, person);
        waiting.push(taken);
      }
    }
    return false;
  }

  /** The free one takes the place of whoever leaves for the next stage of the chain, up to the stage that needs one more. */
  #moveAlong(
    free: string,
    goal: number,
    wantedBy: ReadonlyMap<string, number>,
    leaverOf: ReadonlyMap<number, string>,
  ): void {
    let person: string | undefined = free;
    while (person !== undefined) {
      const to = wantedBy.get(person);
      if (to === undefined) return;
      this.#stageOf.set(person, to);
      person = to === goal ? undefined : leaverOf.get(to);
    }
  }
}
