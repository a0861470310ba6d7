import { actingPerson } from '../../../cli/compose/acting-person.ts';
import { UsageError } from '../../../cli/usage-error.ts';

describe('who speaks on one machine', () => {
  it('is the user of the operating system, or whoever is named, and nobody vouched for either', () => {
    expect(actingPerson('root', undefined, undefined)).toMatchObject({ id: 'root', verified: false, via: 'cli' });
    expect(actingPerson('root', 'ben@shop.example', undefined)).toMatchObject({
      id: 'ben@shop.example',
      verified: false,
      roles: ['promoter', 'approver', 'operator', 'admin'],
    });
    expect(actingPerson('root', undefined, 'postgres://db')).toMatchObject({ id: 'root', verified: false });
  });

  it('is never somebody else on a database that the engine did not start', () => {
    for (const url of ['postgres://db', '']) {
      expect(() => actingPerson('root', 'ben', url)).toThrow(UsageError);
      expect(() => actingPerson('root', 'ben', url)).toThrow(/--as ben: DATABASE_URL names a database/);
    }
  });
});
