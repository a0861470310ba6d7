import type { RoleHolders } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** Somebody who has roles that nobody gave him, and why he has them. */
export interface Owner {
  readonly person: string;
  readonly roles: readonly string[];
  readonly why: string;
}

/** Who holds which role, a line for each person and place. @param owner who has roles without their being given. */
export function roleLines(
  { bindings, listed }: RoleHolders,
  owner: Owner | undefined,
  invocation: string,
  paint: Paint,
): readonly string[] {
  const rows = [
    ...(owner?.roles ?? []).map((role) => [role, owner?.person ?? '', '*', '*', owner?.why ?? '']),
    ...bindings.map(({ role, subject, application, environment }) => [
      role,
      subject,
      application,
      environment,
      'bound',
    ]),
    ...listed.flatMap(({ role, people }) => people.map((person) => [role, person, '*', '*', 'listed in the rules'])),
  ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  const gives = `${invocation} role bind <person> <role> gives one.`;
  if (rows.length === 0) return [`Nobody holds a role yet. ${gives}`];
  const head = ['role', 'person', 'application', 'environment', ''].map((text) => ({ text, paint: paint.dim }));
  const lines = table([head, ...rows.map((row) => row.map(printable))]);
  return bindings.length + listed.length === 0 ? [...lines, '', `Nobody else holds a role yet. ${gives}`] : lines;
}
