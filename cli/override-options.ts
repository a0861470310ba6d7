import { z } from 'zod';
import type { PromotionRequest } from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import type { GuideVariables } from './environment-variables/guide-variables.ts';
import { someText } from './option-values.ts';
import { printable } from './printable.ts';
import type { PromoteCommand } from './promote-command.ts';
import type { Session } from './session.ts';
import { UsageError } from './usage-error.ts';

/** The options with which a request sets rules aside; the rules say who may, and each needs `--reason`. */
export const overrideSchema = z.object({
  force: z.boolean().default(false),
  skipValidation: z.boolean().optional(),
  autoApprove: z.boolean().optional(),
  acknowledge: z.string().optional(),
});

/** What `--acknowledge` says of itself. */
export const acknowledgeText = 'move it although it is ready only with caution (promote compare), for this reason';

/** Adds the options. */
export function setsRulesAside(command: PromoteCommand): PromoteCommand {
  return command
    .option('--force', 'go on although gates fail, for the reason given; they stay visible as failed and overruled')
    .option('--skip-validation', 'go on without gates being judged, for the reason given (default: SKIP_VALIDATION)')
    .option(
      '--auto-approve',
      'bring your own approval, for the reason given; where you may not, it waits for approval (default: AUTO_APPROVE)',
    )
    .option('--acknowledge <reason>', acknowledgeText, someText);
}

/** What is to be set aside: options win over variables. */
export function overrideWishes(
  { force, skipValidation, autoApprove, acknowledge }: z.infer<typeof overrideSchema>,
  variables: GuideVariables,
): Pick<PromotionRequest, 'forces' | 'skipsValidation' | 'autoApproves' | 'acknowledges'> {
  return {
    forces: force,
    skipsValidation: skipValidation ?? variables.SKIP_VALIDATION ?? false,
    autoApproves: autoApprove ?? variables.AUTO_APPROVE ?? false,
    acknowledges: acknowledge,
  };
}

/**
 * Why, as it was typed. The guide's `AUTO_APPROVE=true ./scripts/promote-environment.sh` types nothing, and what it brings
 * is then recorded as what it is; whatever else is set aside needs words of whoever does it.
 */
export function reasonOf(
  options: z.infer<typeof overrideSchema> & { readonly reason?: string | undefined; readonly overrideFreeze: boolean },
  variables: GuideVariables,
): string | undefined {
  if (options.reason !== undefined) return options.reason;
  const { forces, skipsValidation } = overrideWishes(options, variables);
  const isByVariableOnly = options.autoApprove === undefined && variables.AUTO_APPROVE === true;
  const needsWords = forces === true || skipsValidation === true || options.overrideFreeze;
  return isByVariableOnly && !needsWords ? 'AUTO_APPROVE=true was set for the command that asked for it' : undefined;
}

/**
 * Refuses what sets rules aside without a word why, before anything is opened. A dry run of a hotfix needs none; who brings
 * an approval along without one waits for approval.
 * @throws UsageError
 */
export function refuseWithoutReason(
  options: Pick<z.infer<typeof overrideSchema>, 'force' | 'skipValidation'> & {
    readonly reason?: string | undefined;
    readonly overrideFreeze?: boolean;
    readonly hotfix?: boolean;
    readonly dryRun?: boolean | undefined;
  },
  variables: GuideVariables = {},
): void {
  if ((options.reason ?? '').trim() !== '') return;
  const isDryRun = options.dryRun ?? variables.DRY_RUN ?? false;
  const given: Readonly<Record<string, boolean>> = {
    '--force': options.force,
    '--skip-validation': options.skipValidation === true,
    SKIP_VALIDATION: options.skipValidation === undefined && variables.SKIP_VALIDATION === true,
    '--override-freeze': options.overrideFreeze === true,
    '--hotfix': options.hotfix === true && !isDryRun,
  };
  const [first] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (first !== undefined) throw new UsageError(`${first} needs --reason "<why>"`);
}

/** Says why a request that was to bring its own approval waits for one all the same. */
export async function tellDeclined(
  { terminal }: CommandContext,
  { service, actor }: Session,
  promotionId: string,
  options: z.infer<typeof overrideSchema>,
  variables: GuideVariables,
): Promise<void> {
  if (overrideWishes(options, variables).autoApproves !== true) return;
  const events = await service.events(actor, promotionId);
  const why = events.find(({ type }) => type === 'auto-approval-declined')?.data['why'];
  if (typeof why !== 'string') return;
  const { promotion } = await service.view(actor, promotionId);
  const what =
    promotion.definition.approvalRule?.isAutomaticWhenGatesPass === true
      ? 'nobody is asked when every gate passes; if not, it waits for approval as any other'
      : 'it waits for approval as any other';
  terminal.writeError(`${terminal.paint.yellow('!')} ${printable(`${what}: ${why}`)}\n`);
}
