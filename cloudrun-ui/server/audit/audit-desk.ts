import type { Actor, ExportRequest, Pruned, PruneRequest } from '../../../engine/promotion-service.ts';
import type { Clock } from '../../../engine/workflow/clock.ts';

/** What does not hold in the audit trail. */
export interface AuditFinding {
  readonly promotionId: string;
  readonly seq?: number;
  readonly problem: string;
}

export interface AuditVerification {
  readonly findings: readonly AuditFinding[];
  readonly chains: number;
  readonly entries: number;
  readonly pruned: number;
  readonly signedUpTo: Date | undefined;
}

/** Checks chains against what was signed about them, signs what is exported, and keeps what has to be kept. */
export interface AuditKeeping {
  verify(actor: Actor): Promise<AuditVerification>;
  /** The lines of a signed export, with their ends. */
  export(actor: Actor, request: ExportRequest): AsyncIterable<string>;
  /** What signatures are checked with; undefined: nothing was signed yet. */
  publicKey(): Promise<{ readonly keyId: string; readonly pem: string } | undefined>;
  /** Removes what is older than it has to be kept, chains behind a signed checkpoint. */
  prune(actor: Actor, request: PruneRequest): Promise<Pruned>;
}

export interface VerifiedAudit extends AuditVerification {
  readonly at: Date;
}

/** A verification is good for so long: it reads every chain that there is. */
const goodForMs = 60_000;
/** Whoever asks waits no longer for one that is under way. */
const patienceMs = 3000;

/** Has the trail verified once for all who ask at about the same time. */
export class AuditDesk {
  readonly #keeping: AuditKeeping;
  readonly #clock: Clock;
  #last: { readonly verified: VerifiedAudit; readonly takenAtMs: number } | undefined;
  #underWay: Promise<VerifiedAudit> | undefined;

  constructor(keeping: AuditKeeping, clock: Clock) {
    this.#keeping = keeping;
    this.#clock = clock;
  }

  /**
   * @param actor who may; whether he does is for the caller to ask.
   * @returns undefined while the first verification is under way. What it fails with is thrown to whoever waits.
   */
  async verified(actor: Actor): Promise<VerifiedAudit | undefined> {
    const last = this.#last;
    if (last !== undefined && performance.now() - last.takenAtMs < goodForMs) return last.verified;
    this.#underWay ??= this.#verify(actor).finally(() => {
      this.#underWay = undefined;
    });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      resolve(undefined);
    }, patienceMs);
    try {
      return (await Promise.race([this.#underWay, promise])) ?? last?.verified;
    } finally {
      clearTimeout(timer);
    }
  }

  async #verify(actor: Actor): Promise<VerifiedAudit> {
    const verified = { ...(await this.#keeping.verify(actor)), at: this.#clock.now() };
    this.#last = { verified, takenAtMs: performance.now() };
    return verified;
  }
}
