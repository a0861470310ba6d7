/** Sets one finding aside by its id, with who answers for it, why and until when (design, section 4). */
export interface Waiver {
  readonly id: string;
  readonly application: string;
  /** The finding's id, as its scanner or tracker calls it. */
  readonly finding: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  readonly expiresAt: Date;
  /** Only for this release; undefined: for every release of the application. */
  readonly releaseDigest: string | undefined;
  readonly createdBy: string | undefined;
  readonly createdAt: Date | undefined;
  readonly revoked: WaiverRevocation | undefined;
}

export interface WaiverRevocation {
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

export type WaiverState = 'valid' | 'expired' | 'revoked';

/** A waiver that expires at this very instant has expired. */
export function waiverState(waiver: Pick<Waiver, 'expiresAt' | 'revoked'>, now: Date): WaiverState {
  if (waiver.revoked !== undefined) return 'revoked';
  return waiver.expiresAt > now ? 'valid' : 'expired';
}

/** Whether it sets findings of this release aside now. */
export function covers(
  waiver: Waiver,
  release: { readonly application: string; readonly digest: string },
  now: Date,
): boolean {
  return (
    waiver.application === release.application &&
    (waiver.releaseDigest === undefined || waiver.releaseDigest === release.digest) &&
    waiverState(waiver, now) === 'valid'
  );
}
