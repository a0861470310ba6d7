import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInGates } from '../../../engine/gates/built-in-gates.ts';
import { gateNames } from '../../../engine/rules/gate-schema.ts';

const folder = join(import.meta.dirname, '../../../engine/gates');

describe('the built-in gates', () => {
  it('are those of every file that defines one', async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && file !== 'gate.ts');
    const defined: string[] = [];
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      if (!text.includes('defineGate(')) continue;
      const [, name] = /defineGate\(\{\s*name: '([^']+)'/.exec(text) ?? [];
      defined.push(name ?? `${file} defines a gate without a name`);
    }
    expect([...builtInGates.keys()].toSorted()).toEqual(defined.toSorted());
    expect(defined.length).toBeGreaterThan(0);
  });

  it('are all that rules can demand', () => {
    expect(gateNames.filter((name) => !builtInGates.has(name))).toEqual([]);
  });

  it('have names that rules can demand', () => {
    for (const [name, gate] of builtInGates) {
      expect(gate.name).toBe(name);
      // A gate of the team's own is demanded as one of a list, under a name of its own.
      if (name !== 'custom') expect(gateNames).toContain(name);
    }
  });
});
