import type { CommandContext } from './command-context.ts';
import { addAdopt } from './commands/adopt.ts';
import { addApprove } from './commands/approve.ts';
import { addAudit } from './commands/audit.ts';
import { addCancel } from './commands/cancel.ts';
import { addChanged } from './commands/changed.ts';
import { addCheck } from './commands/check.ts';
import { addClose } from './commands/close.ts';
import { addCompare } from './commands/compare.ts';
import { addConfiguration } from './commands/configuration.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvidence } from './commands/evidence.ts';
import { addFreeze } from './commands/freeze.ts';
import { addHistory } from './commands/history.ts';
import { addHold } from './commands/hold.ts';
import { addList } from './commands/list.ts';
import { addLocal } from './commands/local.ts';
import { addLogs } from './commands/logs.ts';
import { addPlan } from './commands/plan.ts';
import { addMetrics } from './commands/metrics.ts';
import { addNote } from './commands/note.ts';
import { addReject } from './commands/reject.ts';
import { addReport } from './commands/report.ts';
import { addRelease } from './commands/release.ts';
import { addResume } from './commands/resume.ts';
import { addRetry } from './commands/retry.ts';
import { addRole } from './commands/role.ts';
import { addRollback } from './commands/rollback.ts';
import { addRules } from './commands/rules.ts';
import { addRun } from './commands/run.ts';
import { addRunner } from './commands/runner.ts';
import { addStatus } from './commands/status.ts';
import { addTest } from './commands/test.ts';
import { addUi } from './commands/ui.ts';
import { addValidate } from './commands/validate.ts';
import { addWhere } from './commands/where.ts';
import { addWaive } from './commands/waive.ts';
import { addUnhold } from './commands/unhold.ts';
import { addWork } from './commands/work.ts';
import { formatHelp } from './help-format.ts';
import { printableLines } from './printable.ts';
import { PromoteCommand } from './promote-command.ts';
import { packageVersion } from './version.ts';

/** The whole command line. @param finish hears the exit code of the command that ran. */
export function buildProgram(context: CommandContext, finish: (exitCode: number) => void): PromoteCommand {
  const { terminal } = context;
  const program = new PromoteCommand('promote', finish)
    .description('Moves releases between environments, and takes them back when they are bad.')
    .example('run shop --release v2 --to staging', 'promote a release and follow it')
    .example('status --watch', 'see what runs where, and what is on its way')
    .version(packageVersion(), '-V, --version', 'show the version')
    .exitOverride()
    .configureHelp({ formatHelp })
    .configureOutput({
      writeOut: (text) => {
        terminal.write(text);
      },
      writeErr: (text) => {
        terminal.writeError(text);
      },
      // What was typed may have been pasted from anywhere.
      outputError: (text, write) => {
        write(`${printableLines(text.trimEnd()).join('\n')}\n`);
      },
    });
  for (const add of [
    addRun,
    addValidate,
    addPlan,
    addStatus,
    addCompare,
    addTest,
    addList,
    addLogs,
    addReport,
    addHistory,
    addMetrics,
    addApprove,
    addReject,
    addCheck,
    addNote,
    addClose,
    addCancel,
    addRetry,
    addRollback,
    addRole,
    addHold,
    addUnhold,
    addFreeze,
    addResume,
    addRules,
    addRelease,
    addEvidence,
    addWaive,
    addChanged,
    addWhere,
    addConfiguration,
    addAudit,
    addAdopt,
    addDoctor,
    addLocal,
    addUi,
    addWork,
    addRunner,
  ]) {
    add(program, context);
  }
  proposeHelp(program);
  return program;
}

function proposeHelp(command: PromoteCommand): void {
  command.showHelpAfterError(`${command.fullName} --help shows how it is typed`);
  for (const each of command.below) proposeHelp(each);
}
