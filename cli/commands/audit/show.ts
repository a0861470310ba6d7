import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { eventJson } from '../../json/event-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { auditEntryLines } from '../../render/audit-lines.ts';
import { withSession } from '../../with-session.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote audit show`: every entry of a promotion's chain. */
export function addAuditShow(group: PromoteCommand, context: CommandContext): void {
  const { terminal } = context;
  group
    .command('show')
    .description('Shows every entry of the audit trail of a promotion; times are UTC.')
    .example('audit show pr-7f3a', 'number, time, who, what, and the beginning of the hash')
    .example('audit show pr-7f3a --json', 'entries in full, from which the hashes can be computed again')
    .argument('<promotion>', 'its id')
    .json('`{ "promotionId", "entries": [ { "seq", "at", "type", "actor", "data", "previousHash", "hash" } ] }`.')
    .runs(optionsSchema, ({ json }, promotionId = '') =>
      withSession(context, json, async (session) => {
        const events = await session.service.events(session.actor, promotionId);
        if (json) writeJson(terminal, { promotionId, entries: events.map(eventJson) });
        else terminal.write(`${auditEntryLines(events, terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
