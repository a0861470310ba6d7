import { z } from 'zod';
import type { CompleteRequest } from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import {
  readGuideVariables,
  type GuideVariable,
  type GuideVariables,
} from './environment-variables/guide-variables.ts';
import { someText } from './option-values.ts';
import type { PromoteCommand } from './promote-command.ts';
import type { Session } from './session.ts';

/** The options with which commands name a promotion; each can be left out where only one thing can be meant. */
export const requestSchema = z.object({
  release: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  hotfix: z.boolean().default(false),
});
export type RequestOptions = z.infer<typeof requestSchema>;

export const requestVariables = [
  'FROM_ENV',
  'TO_ENV',
  'PROMOTE_APPLICATION',
] as const satisfies readonly GuideVariable[];

const applicationArgument = {
  name: '[application]',
  means: 'what is released (default: PROMOTE_APPLICATION, else the only one)',
};

/** Adds the argument and the options. @param argument what the argument is, when it can be more than an application. */
export function namesPromotion(command: PromoteCommand, argument = applicationArgument): PromoteCommand {
  return command
    .argument(argument.name, argument.means)
    .option('--release <name>', 'the release, by its name (default: the one that runs where it comes from)', someText)
    .option(
      '--from <environment>',
      'where it comes from, by name or alias (default: FROM_ENV, else the only way)',
      someText,
    )
    .option(
      '--to <environment>',
      'where it is promoted to, by name or alias (default: TO_ENV, else the only way)',
      someText,
    )
    .option(
      '--hotfix',
      'take the emergency lane, which begins where the rules say and has an approval of its own; needs --reason',
    );
}

/** Reads the variables of a command that promotes. */
export function readRequestVariables(context: CommandContext, names: readonly GuideVariable[]): GuideVariables {
  return readGuideVariables(context.environment, [...requestVariables, ...names]);
}

/** What can only have been meant: options win over variables. */
export function completeRequest(
  session: Session,
  application: string | undefined,
  options: RequestOptions,
  variables: GuideVariables,
): Promise<CompleteRequest> {
  return session.service.completeRequest(session.actor, {
    application: application ?? variables.PROMOTE_APPLICATION,
    release: options.release,
    from: options.from ?? variables.FROM_ENV,
    to: options.to ?? variables.TO_ENV,
    ...(options.hotfix ? { isHotfix: true } : {}),
  });
}
