import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { auditVerificationLines } from '../../render/audit-lines.ts';
import type { AuditVerification } from '../../session.ts';
import { UsageError } from '../../usage-error.ts';
import { showingWait, withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({
  file: z.string().optional(),
  key: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote audit verify`: proves that the trail, or an export of it, is what was written. */
export function addAuditVerify(group: PromoteCommand, context: CommandContext): void {
  group
    .command('verify')
    .description(
      'Computes every hash of the trail, or of an export of it, again and compares the chains with what was signed; exit code 1 when anything differs.',
    )
    .example('audit verify', 'every chain')
    .example('audit verify --file trail.jsonl --key audit.pem', 'an export, anywhere, with the public key')
    .option('--file <export>', 'an export by itself, without the engine, instead of the trail', someText)
    .option('--key <file>', "the public key in PEM (default: this installation's)", someText)
    .json(
      '`{ "ok", "findings": [ { "promotionId", "seq", "problem" } ], "chains", "entries", "pruned", "signedUpTo" }`.',
    )
    .runs(optionsSchema, ({ file, key, json }) => {
      if (file === undefined && key !== undefined) throw new UsageError('--key is for an export; name it with --file');
      if (file !== undefined) {
        return showingWait(context, json, 'computing every hash again', () =>
          context.auditFiles.verifyExport(file, key),
        ).then((verification) => show(context, verification, json));
      }
      return withInstallation(context, json, async (session) => {
        const verification = await showingWait(context, json, 'computing every hash again', () =>
          session.verifyAudit(),
        );
        return show(context, verification, json);
      });
    });
}

function show({ terminal }: CommandContext, verification: AuditVerification, isJson: boolean): number {
  const { findings, chains, entries, pruned, signedUpTo } = verification;
  const isGood = findings.length === 0;
  if (isJson) {
    const named = findings.map(({ promotionId, seq, problem }) => ({ promotionId, seq: seq ?? null, problem }));
    writeJson(terminal, { ok: isGood, findings: named, chains, entries, pruned, signedUpTo: signedUpTo ?? null });
  } else terminal.write(`${auditVerificationLines(verification, terminal.paint).join('\n')}\n`);
  return isGood ? exitCodes.ok : exitCodes.failed;
}
