import fc from 'fast-check';
import { flagChanges, flagText, flagTexts } from '../../../engine/flags/flag-changes.ts';
import type { Flag } from '../../../engine/flags/flag-store.ts';
import { mergeFlags, UnknownFlagError } from '../../../engine/flags/merge-flags.ts';

const gifts: Flag = { key: 'gifts', description: 'as it was', defaultEnabled: false, isEnabled: true, percentage: 30 };

describe('flags that come with a release', () => {
  it('bring their definitions; the target’s on/off and percentage stay', () => {
    const { flags, added, changed, switched } = mergeFlags(
      [gifts],
      [
        { key: 'gifts', description: 'said better', defaultEnabled: true },
        { key: 'search', description: '', defaultEnabled: true },
      ],
    );
    expect(flags).toEqual([
      { key: 'gifts', description: 'said better', defaultEnabled: true, isEnabled: true, percentage: 30 },
      { key: 'search', description: '', defaultEnabled: true, isEnabled: true, percentage: 100 },
    ]);
    expect({ added, changed, switched }).toEqual({ added: ['search'], changed: ['gifts'], switched: [] });
  });

  it('take the state that is listed, and only what of it is listed; the last one counts', () => {
    const { flags, switched } = mergeFlags(
      [gifts],
      [],
      [
        { key: 'gifts', isEnabled: false },
        { key: 'gifts', percentage: 50 },
        { key: 'gifts', isEnabled: true },
      ],
    );
    expect(flags).toMatchObject([{ isEnabled: true, percentage: 50 }]);
    expect(switched).toEqual(['gifts']);
    expect(mergeFlags([gifts], [], [{ key: 'gifts', isEnabled: true }]).switched).toEqual([]);
  });

  it('are new with the state that is listed', () => {
    const definition = { key: 'search', description: '', defaultEnabled: false };
    const { flags, added, switched } = mergeFlags(
      [],
      [definition],
      [{ key: 'search', isEnabled: true, percentage: 5 }],
    );
    expect(flags).toMatchObject([{ isEnabled: true, percentage: 5 }]);
    expect({ added, switched }).toEqual({ added: ['search'], switched: [] });
  });

  it('are refused when one is listed that nobody knows', () => {
    expect(() => mergeFlags([gifts], [], [{ key: 'gift', isEnabled: true }])).toThrow(UnknownFlagError);
  });

  it('are brought once: a second time changes nothing', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const flag = fc.record({
      key,
      description: fc.string(),
      defaultEnabled: fc.boolean(),
      isEnabled: fc.boolean(),
      percentage: fc.nat(100),
    });
    const current = fc.uniqueArray(flag, { selector: (each) => each.key });
    const definitions = fc.uniqueArray(fc.record({ key, description: fc.string(), defaultEnabled: fc.boolean() }), {
      selector: (each) => each.key,
    });
    fc.assert(
      fc.property(
        current,
        definitions,
        fc.array(fc.record({ key, isEnabled: fc.boolean() })),
        (flags, defined, states) => {
          const known = states.filter((state) => [...flags, ...defined].some((each) => each.key === state.key));
          const once = mergeFlags(flags, defined, known);
          const again = mergeFlags(once.flags, defined, known);
          expect(again).toEqual({ flags: once.flags, added: [], changed: [], switched: [] });
          const untouched = flags.filter((each) => !known.some((state) => state.key === each.key));
          for (const { key: each, isEnabled, percentage } of untouched) {
            expect(once.flags.find((merged) => merged.key === each)).toMatchObject({ isEnabled, percentage });
          }
        },
      ),
    );
  });
});

describe('a flag in words', () => {
  it.each([
    [gifts, 'on for 30 %, by default off, as it was'],
    [{ ...gifts, isEnabled: false, description: '' }, 'off, by default off'],
    [{ ...gifts, percentage: 100, defaultEnabled: true }, 'on, by default on, as it was'],
  ])('says what it does', (flag, text) => {
    expect(flagText(flag)).toBe(text);
  });

  it('differs where the flag does', () => {
    const before = flagTexts([gifts], ['gifts', 'search']);
    expect(flagChanges(before, before)).toEqual([]);
    expect(flagChanges(before, {})).toEqual([
      { kind: 'flag', subject: 'gifts', before: 'on for 30 %, by default off, as it was', after: undefined },
    ]);
  });
});
