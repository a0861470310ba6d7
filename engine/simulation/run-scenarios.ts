import type { SettingPath } from '../rules/problem.ts';
import type { Rules } from '../rules/schema.ts';
import { ScenarioHands, ScenarioMistake, type ActionOutcome } from './act.ts';
import { judgeExpectation, type Mismatch } from './judge-expectation.ts';
import { Moments } from './moments.ts';
import type { ReadScenarios } from './read-scenarios.ts';
import { actionNames, type Scenario, type ScenarioStep } from './scenario-schema.ts';
import { Simulation, SimulationError, type SimulationDatabase } from './simulation.ts';

export interface ScenarioFailure {
  readonly line: number;
  readonly column: number;
  /** Which part of the expectation: `is`, `until`, `runs.production`. */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** In the engine's own words; undefined when it has none. */
  readonly why: string | undefined;
}

export interface ScenarioResult {
  readonly name: string;
  readonly line: number;
  readonly isPassed: boolean;
  /** Of the first step that is not as expected; what follows it is not looked at. */
  readonly failures: readonly ScenarioFailure[];
  /** From where to where the virtual clock went. */
  readonly from: Date;
  readonly to: Date;
  readonly steps: number;
}

/** Runs the scenarios of a file one after the other, each in a world of its own. */
export async function* runScenarios(
  read: ReadScenarios,
  rules: Rules,
  database: SimulationDatabase,
): AsyncIterable<ScenarioResult> {
  for (const [index, scenario] of read.content.scenarios.entries()) {
    if (index > 0) await database.time.clear();
    yield await new ScenarioRun(read, scenario, index, rules, database).run();
  }
}

class ScenarioRun {
  readonly #read: ReadScenarios;
  readonly #scenario: Scenario;
  readonly #at: SettingPath;
  readonly #rules: Rules;
  readonly #database: SimulationDatabase;
  readonly #moments: Moments;

  constructor(read: ReadScenarios, scenario: Scenario, index: number, rules: Rules, database: SimulationDatabase) {
    this.#read = read;
    this.#scenario = scenario;
    this.#at = ['scenarios', index];
    this.#rules = rules;
    this.#database = database;
    this.#moments = new Moments(scenario.timeZone ?? read.content.timeZone);
  }

  async run(): Promise<ScenarioResult> {
    const { name, given, steps } = this.#scenario;
    const from = this.#moments.read(this.#scenario.start, new Date(0));
    await this.#database.time.set(from);
    let place: SettingPath = this.#at;
    let simulation: Simulation | undefined;
    const result = (failures: readonly ScenarioFailure[], ran: number): ScenarioResult => ({
      name,
      line: this.#read.placeOf(this.#at).line,
      isPassed: failures.length === 0,
      failures,
      from,
      to: simulation?.now() ?? from,
      steps: ran,
    });
    try {
      simulation = new Simulation(this.#database, this.#rules, this.#application(), from);
      const hands = new ScenarioHands(simulation, this.#moments, this.#scenario);
      place = [...this.#at, 'given'];
      await hands.prepare(given);
      for (const [index, step] of steps.entries()) {
        place = [...this.#at, 'steps', index];
        const failures = await this.#step(simulation, hands, step, place);
        if (failures.length > 0) return result(failures, index + 1);
      }
      return result([], steps.length);
    } catch (error) {
      if (!(error instanceof ScenarioMistake) && !(error instanceof SimulationError)) throw error;
      const got = error instanceof ScenarioMistake ? error.message : 'a failure of the engine';
      const why = error instanceof ScenarioMistake ? undefined : error.message;
      const failure = {
        ...this.#read.placeOf(place),
        what: 'the step',
        expected: 'a step that can be taken',
        got,
        why,
      };
      return result([failure], 0);
    }
  }

  async #step(
    simulation: Simulation,
    hands: ScenarioHands,
    step: ScenarioStep,
    place: SettingPath,
  ): Promise<readonly ScenarioFailure[]> {
    if (step.at !== undefined) await simulation.advanceTo(this.#moments.read(step.at, simulation.now()));
    const action = actionNames.find((name) => step[name] !== undefined);
    const outcome: ActionOutcome | undefined = action === undefined ? undefined : await hands.act(step);
    await simulation.settle();
    if (outcome?.kind === 'refused' && !expectsRefusal(step)) {
      const at = this.#read.placeOf([...place, action ?? '']);
      return [{ ...at, what: action ?? '', expected: 'allowed', got: 'refused', why: outcome.reason }];
    }
    if (step.expect === undefined) return [];
    const isAboutPlace = action !== undefined && !aboutPromotions.includes(action);
    const moment = { simulation, hands, moments: this.#moments, outcome, isAboutPlace };
    const mismatches = await judgeExpectation(moment, step.expect);
    return mismatches.map((mismatch) => this.#failure(mismatch, place));
  }

  #failure({ path, expected, got, why }: Mismatch, place: SettingPath): ScenarioFailure {
    return { ...this.#read.placeOf([...place, 'expect', ...path]), what: path.join('.'), expected, got, why };
  }

  #application(): string {
    const known = this.#rules.applications.map(({ name }) => name);
    const [only, ...others] = known;
    const { application } = this.#scenario;
    if (application !== undefined && !known.includes(application)) {
      throw new ScenarioMistake(`the rules name no application ${application}; they name ${known.join(', ')}`);
    }
    if (application === undefined && others.length > 0) {
      throw new ScenarioMistake(`the rules name ${String(known.length)} applications; say which with application`);
    }
    return application ?? only ?? '';
  }
}

const aboutPromotions: readonly (keyof ScenarioStep)[] = [
  'run',
  'approve',
  'reject',
  'tick',
  'cancel',
  'retry',
  'rollback',
];

function expectsRefusal({ expect }: ScenarioStep): boolean {
  return expect?.is !== undefined && expect.is !== 'allowed';
}
