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
  readonly via: 'cli' | 'ui' | 'api' | 'ci' | 'engine';
  /** The person behind a machine's request, as the machine tells it: like the requester, never an approver of it. */
  readonly onBehalfOf?: string;
}

/** The workflow's own hand, for what nobody asked for in person: retries, time-outs, automatic rollback. */
export const engineActor: Actor = { id: 'promotion-process', verified: true, roles: [], via: 'engine' };
