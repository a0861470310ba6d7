import type { CommandContext } from '../command-context.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { addConfigurationDiff } from './configuration/diff.ts';
import { addConfigurationHistory } from './configuration/history.ts';

/** `promote configuration`: what an environment is configured with, and who made it so. */
export function addConfiguration(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('configuration')
    .description('Shows who changed the values of an environment, with which promotion, and what differs.')
    .example('configuration history shop --env staging', 'every change, newest first')
    .example('configuration diff shop --env production --against staging', 'how two environments differ');
  addConfigurationHistory(group, context);
  addConfigurationDiff(group, context);
}
