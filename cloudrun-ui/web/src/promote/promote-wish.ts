import type { ReleaseSummary } from '../api/queries.ts';
import type { PipelinePath } from '../pages/pipelines/pipeline-query.ts';
import type { components } from '../api/schema.gen.ts';

export type PromotionRequest = components['schemas']['PromotionRequest'];

/** Rules that a request may set aside, where whoever asks is let. */
export const overrides = [
  'acknowledges',
  'forces',
  'skipsValidation',
  'overridesFreezes',
  'isHotfix',
  'isAgain',
] as const;
export type OverrideName = (typeof overrides)[number];

/** What somebody is about to ask for, as far as it is chosen. */
export interface PromoteWish {
  readonly application: string | undefined;
  readonly path: PipelinePath | undefined;
  readonly release: string | undefined;
  /** What runs where the path ends; undefined: nothing that is known. */
  readonly there: string | undefined;
  readonly reason: string;
  readonly overrides: readonly OverrideName[];
  /** What was typed to say that gates are overruled on purpose. */
  readonly typed: string;
}

/** Where a release most likely is to go: along the path that was named, else one that something can move along. */
export function likelyPath(
  paths: readonly PipelinePath[],
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): PipelinePath | undefined {
  const meant = paths.filter((path) => (from ?? path.from) === path.from && (to ?? path.to) === path.to);
  const movable = meant.filter(({ candidate }) => candidate !== null && !candidate.isBad);
  return movable.find(({ isOpen }) => isOpen) ?? movable[0] ?? meant[0];
}

/** Which release most likely is to go along a path: what runs verified where it begins, else the newest good one. */
export function likelyRelease(path: PipelinePath, releases: readonly ReleaseSummary[]): string | undefined {
  const { candidate } = path;
  if (candidate !== null && !candidate.isBad) return candidate.release;
  return releases.find(({ bad }) => bad === null)?.name;
}

/** What is still to be said before it can be asked for; undefined: nothing. */
export function missingOf(wish: PromoteWish): string | undefined {
  if (wish.application === undefined) return 'Choose an application';
  if (wish.path === undefined) return 'Choose where it moves';
  if (!wish.path.mayPromote) return `You may look: promoting to ${wish.path.to} takes the role promoter or operator`;
  if (wish.release === undefined) return 'Choose a release';
  if (isThereAlready(wish) && !wish.overrides.includes('isAgain')) {
    return `${wish.release} runs in ${wish.path.to} already`;
  }
  if (needsReason(wish) && wish.reason.trim() === '') return 'Say why rules are set aside';
  if (needsTyping(wish) && wish.typed.trim() !== wish.path.to) return `Type ${wish.path.to} to confirm`;
  return undefined;
}

/** Whether there is nothing to move. */
export function isThereAlready({ release, there }: Pick<PromoteWish, 'release' | 'there'>): boolean {
  return release !== undefined && release === there;
}

export function needsReason({ overrides: asked }: Pick<PromoteWish, 'overrides'>): boolean {
  return asked.some((name) => name !== 'isAgain');
}

/** What lets a release in that the gates keep out is confirmed by the name of where it goes. */
export function needsTyping({ overrides: asked }: Pick<PromoteWish, 'overrides'>): boolean {
  return asked.includes('forces') || asked.includes('skipsValidation');
}

/** @returns undefined while something is missing. */
export function toRequest(wish: PromoteWish, isDryRun: boolean): PromotionRequest | undefined {
  const { application, path, release, reason } = wish;
  if (application === undefined || path === undefined || release === undefined) return undefined;
  if (!isDryRun && missingOf(wish) !== undefined) return undefined;
  const said = reason.trim();
  // An acknowledgement is the reason itself, and none without one.
  const asked = wish.overrides.filter((name) => name !== 'acknowledges' || said !== '');
  return {
    application,
    release,
    from: path.from,
    to: path.to,
    isDryRun,
    ...(said === '' ? {} : { reason: said }),
    ...Object.fromEntries(asked.map((name) => [name, name === 'acknowledges' ? said : true])),
  };
}
