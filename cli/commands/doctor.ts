import { z } from 'zod';
import { causeWithOriginal } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { findingLines, findingTotal } from '../render/finding-lines.ts';
import type { DoctorFinding, Session } from '../session.ts';
import { SetupError } from '../setup-error.ts';
import { showingWait } from '../with-session.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote doctor`: what keeps this installation from working. */
export function addDoctor(program: PromoteCommand, context: CommandContext): void {
  program
    .command('doctor')
    .description(
      'Looks for what keeps this installation, its audit trail or a service of an environment from being well, and says how to mend it; exit code 1 when anything does.',
    )
    .example('doctor', 'look at everything')
    .example('doctor --json', 'the same, for a program')
    .json('`{ "ok", "findings": [ { "subject", "level", "detail", "remedy" } ] }`; `level` is `ok`, `warn` or `fail`.')
    .runs(optionsSchema, async ({ json }) => {
      const { terminal } = context;
      const findings: DoctorFinding[] = [];
      for await (const finding of examine(context, json)) {
        findings.push(finding);
        if (!json) terminal.write(`${findingLines(finding, terminal.paint).join('\n')}\n`);
      }
      const isGood = findings.every(({ level }) => level !== 'fail');
      if (json) {
        writeJson(terminal, {
          ok: isGood,
          findings: findings.map((each) => ({ ...each, remedy: each.remedy ?? null })),
        });
      } else terminal.write(`\n${findingTotal(findings)}\n`);
      return isGood ? exitCodes.ok : exitCodes.failed;
    });
}

/** An installation that cannot even be opened is a finding like any other. */
async function* examine(context: CommandContext, isJson: boolean): AsyncIterable<DoctorFinding> {
  let session: Session;
  try {
    session = await showingWait(context, isJson, 'opening the engine', () =>
      context.openSession({ needsInstallation: true }),
    );
  } catch (error) {
    yield unusable(context, error);
    return;
  }
  try {
    yield* session.examine();
  } catch (error) {
    yield unusable(context, error);
  } finally {
    await session.close();
  }
}

function unusable(context: CommandContext, error: unknown): DoctorFinding {
  const detail = causeWithOriginal(error);
  if (error instanceof SetupError) return { subject: 'engine', level: 'fail', detail, remedy: error.remedy };
  const file = context.failures.write('doctor', error);
  const finding = { subject: 'engine', level: 'fail', detail: `cannot be used: ${detail}` } as const;
  return file === undefined ? finding : { ...finding, remedy: `the details are in ${file}` };
}
