import type { Release } from '../release.ts';
import type { Declarations, Hold } from '../schedule/schedule.ts';
import type { RoleBinding } from '../store/role-store.ts';
import type { BadMark, BindingChange, CommonPast, HoldChange, PastFreeze } from './past.ts';

/** What people had declared at any moment: roles, holds, freezes, bad releases. */
export class DeclaredPast {
  readonly #bindings: readonly BindingChange[];
  readonly #holds: readonly HoldChange[];
  readonly #freezes: readonly PastFreeze[];
  readonly #marks: ReadonlyMap<string, readonly BadMark[]>;

  constructor({ bindings, holds, freezes, marks }: CommonPast) {
    this.#bindings = bindings;
    this.#holds = holds;
    this.#freezes = freezes;
    this.#marks = Map.groupBy(marks, ({ releaseId }) => releaseId);
  }

  /** The bindings that stood. @param concerns which of them are asked for. */
  bindings(at: Date, concerns: (binding: RoleBinding) => boolean): readonly RoleBinding[] {
    const standing = new Map<string, RoleBinding>();
    for (const change of this.#bindings) {
      if (change.at > at || !concerns(change)) continue;
      const { subject, role, application, environment } = change;
      const key = [subject, role, application, environment].join('\n');
      if (change.isBound) standing.set(key, { subject, role, application, environment });
      else standing.delete(key);
    }
    return [...standing.values()];
  }

  /** What was declared for an environment of an application and was not over. */
  declarations(application: string, environment: string, at: Date): Declarations {
    const holds = new Map<string, Hold>();
    for (const change of this.#holds) {
      if (change.at > at || !concernsPlace(change, application, environment)) continue;
      if (change.hold === undefined) holds.delete(change.application);
      else holds.set(change.application, change.hold);
    }
    const freezes = this.#freezes.filter((freeze) => {
      const isStanding = freeze.declaredAt <= at && (freeze.liftedAt === undefined || freeze.liftedAt > at);
      return isStanding && freeze.to > at && concernsPlace(freeze, application, environment);
    });
    const standing = [...holds.values()].filter(({ until }) => until === undefined || until > at);
    return {
      holds: standing.toSorted((a, b) => a.since.getTime() - b.since.getTime()),
      freezes: freezes.map(({ liftedAt: _, ...freeze }) => freeze),
    };
  }

  /** When the next declaration was made or taken back that concerns a place; undefined: never after that. */
  nextChange(application: string, environment: string, after: Date): Date | undefined {
    const moments = [
      ...this.#holds.filter((each) => concernsPlace(each, application, environment)).map(({ at }) => at),
      ...this.#freezes
        .filter((each) => concernsPlace(each, application, environment))
        .flatMap(({ declaredAt, liftedAt }) => [declaredAt, ...(liftedAt === undefined ? [] : [liftedAt])]),
    ].filter((at) => at > after);
    return moments.length === 0 ? undefined : moments.reduce((a, b) => (a < b ? a : b));
  }

  /** When a release was marked bad, or not bad any more, the next time; undefined: never after that. */
  nextMark(releaseId: string, after: Date): Date | undefined {
    const moments = (this.#marks.get(releaseId) ?? []).map(({ at }) => at).filter((at) => at > after);
    return moments.toSorted((a, b) => a.getTime() - b.getTime())[0];
  }

  /** A release as it was judged then. */
  release(release: Release, at: Date): Release {
    const marks = this.#marks.get(release.id) ?? [];
    if (marks.length === 0 && release.bad === undefined) return release;
    const { bad: now, ...rest } = release;
    let bad: Release['bad'];
    for (const mark of marks) {
      if (mark.at > at) continue;
      // What is bad already keeps its first reason.
      bad = mark.bad === undefined ? undefined : (bad ?? mark.bad);
    }
    // The trail of what marked it may be gone; that it is marked is not.
    if (bad === undefined && now !== undefined && now.since <= at) bad = now;
    return bad === undefined ? rest : { ...rest, bad };
  }
}

function concernsPlace(
  declared: { readonly application: string; readonly environment: string },
  application: string,
  environment: string,
): boolean {
  return (
    (declared.application === '*' || declared.application === application) &&
    (declared.environment === '*' || declared.environment === environment)
  );
}
