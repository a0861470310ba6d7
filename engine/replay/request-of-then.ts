import { Authorizer } from '../authorization.ts';
import type { PromotionRequest } from '../service/admit-request.ts';
import { overrideOf, type OverrideKind } from '../workflow/override.ts';
import type { PastPromotion } from './past.ts';

/** What was asked for when a promotion was asked for, as far as rules judge it. @param release its name. */
export function requestOfThen({ record, entries }: PastPromotion, release: string): PromotionRequest {
  const askedAt = record.createdAt.getTime();
  const isAtOnce = ({ at }: { readonly at: Date }): boolean => at.getTime() === askedAt;
  const wished = entries.filter((entry) => entry.type === 'override' && isAtOnce(entry));
  const wishes = (kind: OverrideKind): boolean => wished.some(({ data }) => data['kind'] === kind);
  const isDeclined = entries.some(({ type }) => type === 'auto-approval-declined');
  const acknowledged = wishes('acknowledge') ? overrideOf(record, 'acknowledge')?.reason : undefined;
  return {
    application: record.application,
    release,
    from: record.fromEnvironment,
    to: record.toEnvironment,
    reason: record.reason,
    isDryRun: record.isDryRun,
    isHotfix: record.lane === 'hotfix',
    isAgain: wishes('again'),
    overridesFreezes: wishes('freeze-override'),
    forces: wishes('force'),
    skipsValidation: wishes('skip-validation'),
    autoApproves: wishes('auto-approve') || isDeclined,
    acknowledges: acknowledged,
  };
}

/** Who might ask for what is no matter of the rules, and was found when it was asked; who holds which role is. */
export class AuthorizerOfThen extends Authorizer {
  override async require(): Promise<void> {
    // Whoever asked then was allowed to.
  }
}
