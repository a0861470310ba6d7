import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInSteps as stepNames } from '../../../engine/rules/step-names.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { stepPhases } from '../../../engine/workflow/definition.ts';
import { StepRegistry, UnknownStepError } from '../../../engine/workflow/step-registry.ts';

const folder = join(import.meta.dirname, '../../../engine/steps');

describe('the built-in steps', () => {
  it('are those of every file that defines one', async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && file !== 'built-in-steps.ts');
    const defined: string[] = [];
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      if (!text.includes('defineStep(')) continue;
      const [, name] = /defineStep\(\{\s*name: '([^']+)'/.exec(text) ?? [];
      defined.push(name ?? `${file} defines a step without a name`);
      expect(file).toBe(`${name ?? ''}.ts`);
    }
    expect(builtInSteps.map(({ name }) => name).toSorted()).toEqual(defined.toSorted());
    expect(defined.length).toBeGreaterThan(0);
  });

  const ofPromotions = builtInSteps.filter(({ isContractOnly }) => isContractOnly !== true);

  it('stand in the order that rules know, with those beside that stand in for others', () => {
    const beside = ['verify-rollback', 'custom', 'note-target'];
    const inRules = ofPromotions.map(({ name }) => name).filter((name) => !beside.includes(name));
    expect(inRules).toEqual([...stepNames]);
  });

  it('go through the phases in their order', () => {
    const phases = ofPromotions
      .filter(({ name, phase }) => phase !== 'restoration' && name !== 'custom')
      .map(({ phase }) => stepPhases.indexOf(phase));
    expect(phases).toEqual(phases.toSorted((a, b) => a - b));
  });

  it('can all run what this engine stores', () => {
    for (const { version, oldestVersion } of builtInSteps) {
      expect(oldestVersion).toBeGreaterThanOrEqual(1);
      expect(version).toBeGreaterThanOrEqual(oldestVersion);
    }
  });

  it('let a promotion go on without them only where nothing is changed', () => {
    expect(builtInSteps.filter(({ isOptional }) => isOptional).map(({ name }) => name)).toEqual(['report', 'notify']);
  });
});

describe('the registry of steps', () => {
  const [first] = builtInSteps;
  if (first === undefined) throw new Error('there are no steps');
  const step = { ...first, name: 'paint', version: 5, oldestVersion: 3 };
  const registry = new StepRegistry([step]);

  it('finds a step in the versions that its code still runs', () => {
    expect([3, 4, 5].map((version) => registry.find('paint', version))).toEqual([step, step, step]);
  });

  it.each([
    ['a step that only a newer engine has', 'varnish', 1, true],
    ['a version that only a newer engine has', 'paint', 6, true],
    ['a version that is too old for this engine', 'paint', 2, false],
  ])('refuses %s', (_, name, version, isNewer) => {
    const find = () => registry.find(name, version);
    expect(find).toThrow(UnknownStepError);
    let thrown: unknown;
    try {
      find();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ isNewer });
  });

  it('refuses two steps of one name', () => {
    expect(() => new StepRegistry([step, step])).toThrow('two steps are called paint');
  });
});
