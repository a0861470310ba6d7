/** What people and machines may be allowed to do; each includes nothing of the others (the matrix in engine/authorization.ts decides). */
export const roles = ['viewer', 'promoter', 'approver', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who asks: id, whether somebody vouched for it, and through what the request came (design, section 4). */
export interface Actor {
  /** An e-mail address, an operating-system user, or a workload's identity. */
  readonly id: string;
  /** Whether an identity provider vouched for the id. The local CLI's operating-system user is not verified. */
  readonly verified: boolean;
  /** Roles that the identity itself carries (groups of an identity provider); bindings in the store add to them. */
  readonly roles: readonly Role[];
  /** `cli-as`: somebody at a command line spoke for this person, whom nobody asked. */
  readonly via: 'cli' | 'cli-as' | 'ui' | 'api' | 'ci' | 'engine';
  /** The person behind a machine's request, as the machine tells it: like the requester, never an approver of it. */
  readonly onBehalfOf?: string;
  /** Who spoke for this person; only with `cli-as`. */
  readonly spokenForBy?: string;
}

/** The workflow's own hand, for what nobody asked for in person: retries, time-outs, automatic rollback. */
export const engineActor: Actor = { id: 'promotion-process', verified: true, roles: [], via: 'engine' };

/** An actor as people read of him: that somebody else spoke for him is never left out. */
export function actorText({
  id,
  spokenForBy,
}: {
  readonly id: string;
  readonly spokenForBy?: string | undefined;
}): string {
  return spokenForBy === undefined ? id : `${id} (unverified, said by ${spokenForBy})`;
}

/** How to name people in something in which others spoke for some of them. @param spokenFor each with who spoke. */
export function namesWhere(spokenFor: ReadonlyMap<string, string>): (id: string) => string {
  return (id) => actorText({ id, spokenForBy: spokenFor.get(id) });
}
