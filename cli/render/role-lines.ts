import type { RoleHolders } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** Who holds which role, a line for each person and place. */
export function roleLines({ bindings, listed }: RoleHolders, invocation: string, paint: Paint): readonly string[] {
  const rows = [
    ...bindings.map(({ role, subject, application, environment }) => [
      role,
      subject,
      application,
      environment,
      'bound',
    ]),
    ...listed.flatMap(({ role, people }) => people.map((person) => [role, person, '*', '*', 'listed in the rules'])),
  ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  if (rows.length === 0) return [`Nobody holds a role yet. ${invocation} role bind <person> <role> gives one.`];
  const head = ['role', 'person', 'application', 'environment', ''].map((text) => ({ text, paint: paint.dim }));
  return table([head, ...rows.map((row) => row.map(printable))]);
}
