import type { CommandContext } from '../command-context.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { addAuditExport } from './audit/export.ts';
import { addAuditKey } from './audit/key.ts';
import { addAuditPrune } from './audit/prune.ts';
import { addAuditShow } from './audit/show.ts';
import { addAuditVerify } from './audit/verify.ts';

/** `promote audit`: the append-only record of everything that happened. */
export function addAudit(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('audit')
    .description('Shows, verifies and exports the audit trail, in which every entry is linked to the one before.')
    .example('audit show pr-7f3a', 'everything that happened to a promotion')
    .example('audit verify', 'prove that no entry was changed or removed');
  for (const add of [addAuditShow, addAuditVerify, addAuditExport, addAuditPrune, addAuditKey]) add(group, context);
}
