import { actingPerson } from '../../../cli/compose/acting-person.ts';
import { UsageError } from '../../../cli/usage-error.ts';

describe('who speaks on one machine', () => {
  it('is the user of the operating system, for whom nobody vouched, with every role of local mode', () => {
    for (const url of [undefined, 'postgres://db']) {
      expect(actingPerson('root', undefined, url)).toEqual({
        id: 'root',
        verified: false,
        roles: ['promoter', 'approver', 'operator', 'admin'],
        via: 'cli',
      });
    }
  });

  it('is whoever is named with --as, recorded as spoken for, with no role but those that rules and bindings give', () => {
    expect(actingPerson('root', 'ben@shop.example', undefined)).toEqual({
      id: 'ben@shop.example',
      verified: false,
      roles: [],
      via: 'cli-as',
      spokenForBy: 'root',
    });
  });

  it('is never somebody else on a database that the engine did not start', () => {
    for (const url of ['postgres://db', '']) {
      expect(() => actingPerson('root', 'ben', url)).toThrow(UsageError);
      expect(() => actingPerson('root', 'ben', url)).toThrow(/--as ben: DATABASE_URL names a database/);
    }
  });
});
