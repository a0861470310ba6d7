import { shortenMiddle } from '../../text/shorten-middle.ts';
import type { ChangeGroup } from './changed-query.ts';

type Change = ChangeGroup['changes'][number];

/** One thing that changed, once or several times. */
export interface NetChange {
  readonly kind: Change['kind'];
  readonly subject: string;
  /** What it was, then what it was each time after that. Null: it was not there. */
  readonly values: readonly (string | null)[];
}

/** What whoever is on call looks for first. */
const order: readonly Change['kind'][] = ['release', 'image', 'schema', 'flag', 'configuration', 'override'];

/** What changed, thing by thing: one that was changed and changed back is told once, with its whole way. */
export function netChanges(changes: readonly Change[]): readonly NetChange[] {
  const things = Map.groupBy(changes, ({ kind, subject }) => `${kind} ${subject}`);
  return [...things.values()]
    .flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { kind, subject } = first;
      return [{ kind, subject, values: [first.before, ...own.map(({ after }) => after)] }];
    })
    .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** The same in a line: from what to what; of what is new only what it is. */
export function netChangeText({ kind, subject, values }: NetChange, length = 40): string {
  const [before, ...after] = values;
  const way = (before === null && after.length === 1 ? after : values).map((value) =>
    value === null ? 'nothing' : shortenMiddle(value, length),
  );
  // The release of an environment is called nothing else; an override's subject is what was set aside, its value why.
  const name = kind === subject ? '' : `${shortenMiddle(subject, length)}${kind === 'override' ? ':' : ''} `;
  return `${name}${way.join(' → ')}`;
}
