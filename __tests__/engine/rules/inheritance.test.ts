import fc from 'fast-check';
import { inheritDefaults } from '../../../engine/rules/inheritance.ts';

describe('inheriting the defaults', () => {
  it('adds what a path leaves out and keeps what it says', () => {
    const document = {
      defaults: { gates: { coverage: { minimumPercent: 70, maxAgeSeconds: 60 }, lint: {} }, soakSeconds: 5 },
      paths: [{ from: 'a', to: 'b', gates: { coverage: { minimumPercent: 85 }, lint: false } }],
    };
    expect(inheritDefaults(document)).toMatchObject({
      paths: [
        { from: 'a', gates: { coverage: { minimumPercent: 85, maxAgeSeconds: 60 }, lint: false }, soakSeconds: 5 },
      ],
    });
  });

  it('replaces lists as a whole', () => {
    const document = { defaults: { checklist: [1, 2] }, paths: [{ checklist: [3] }] };
    expect(inheritDefaults(document)).toMatchObject({ paths: [{ checklist: [3] }] });
  });

  it('gives a path nothing but requirements', () => {
    const document = { defaults: { from: 'x', nonsense: 1 }, paths: [{}] };
    expect(inheritDefaults(document)).toMatchObject({ paths: [{}] });
  });

  it('changes nothing the second time, whatever the document is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ defaults: fc.jsonValue(), paths: fc.array(fc.jsonValue()) })),
        (value) => {
          const once = inheritDefaults(value);
          expect(inheritDefaults(once)).toEqual(once);
        },
      ),
    );
    const requirement = fc.dictionary(fc.constantFrom('gates', 'retry', 'checklist'), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(requirement, fc.array(requirement), (defaults, paths) => {
        const once = inheritDefaults({ defaults, paths });
        expect(inheritDefaults(once)).toEqual(once);
      }),
    );
  });
});
