import fc from 'fast-check';
import { firstUnstaffedStage, type StageToStaff } from '../../../engine/rules/stage-staffing.ts';

const stage = (people: string, minimum = 1): StageToStaff => ({ people: new Set(people), minimum });

/** Tries every way of giving people to stages. */
function canFill(stages: readonly StageToStaff[], taken: ReadonlySet<string> = new Set()): boolean {
  const [first, ...rest] = stages;
  if (first === undefined) return true;
  if (first.people === undefined) return canFill(rest, taken);
  if (first.minimum === 0) return canFill(rest, taken);
  return [...first.people]
    .filter((person) => !taken.has(person))
    .some((person) => canFill([{ ...first, minimum: first.minimum - 1 }, ...rest], new Set([...taken, person])));
}

const someStages = fc.array(
  fc.record({
    people: fc.option(
      fc.subarray(['a', 'b', 'c', 'd', 'e']).map((people) => new Set(people)),
      { nil: undefined, freq: 6 },
    ),
    minimum: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 5 },
);

describe('the stages of an approval and their people', () => {
  it('are enough exactly when some way of giving each person one stage fills them all', () => {
    fc.assert(
      fc.property(someStages, (stages) => {
        const expected = stages.findIndex((_, index) => !canFill(stages.slice(0, index + 1)));
        expect(firstUnstaffedStage(stages, false)).toBe(expected === -1 ? undefined : expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('are counted each by itself where one person may fill several', () => {
    fc.assert(
      fc.property(someStages, (stages) => {
        const expected = stages.findIndex(({ people, minimum }) => people !== undefined && people.size < minimum);
        expect(firstUnstaffedStage(stages, true)).toBe(expected === -1 ? undefined : expected);
      }),
    );
  });

  it('move people between stages to make room: the only one who knows both is kept for the one that needs him', () => {
    expect(firstUnstaffedStage([stage('ab'), stage('a')], false)).toBeUndefined();
    expect(firstUnstaffedStage([stage('abc', 2), stage('ab'), stage('bc')], false)).toBe(2);
  });

  it('run out at the later of two that share their only person', () => {
    expect(firstUnstaffedStage([stage('a'), stage('a')], false)).toBe(1);
    expect(firstUnstaffedStage([stage('a'), stage('a')], true)).toBeUndefined();
  });

  it('are decided quickly for as many people as a rules file can hold', () => {
    const crowd = new Set(Array.from({ length: 5000 }, (_, index) => `p${String(index)}@shop.example`));
    expect(
      firstUnstaffedStage(
        [
          { people: crowd, minimum: 3000 },
          { people: crowd, minimum: 2001 },
        ],
        false,
      ),
    ).toBe(1);
  });
});
