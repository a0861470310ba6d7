import type { CommandContext } from '../cli/command-context.ts';
import { exitCodeMeanings } from '../cli/exit-code.ts';
import { promotionJson } from '../cli/json/promotion-json.ts';
import { statusJson } from '../cli/json/status-json.ts';
import { JsonReporter } from '../cli/progress/json-reporter.ts';
import { buildProgram } from '../cli/program.ts';
import type { PromoteCommand } from '../cli/promote-command.ts';
import type { Terminal } from '../cli/terminal.ts';
import { SetupError } from '../cli/setup-error.ts';
import pc from 'picocolors';
import { afterStart, doneStep, sampleRelease, sampleSteps, samplePromotion, sampleView } from './sample-promotion.ts';

/** The reference of the command line, made from the commands themselves: docs/cli.md. */
export function cliReference(): string {
  const program = buildProgram(contextOfDocumentation, () => undefined);
  const commands = everyVisible(program).filter((command) => command.below.length === 0);
  return [
    '# The `promote` command',
    'Made from the commands themselves by `node scripts/write-cli-docs.ts`; change them, not this page.',
    '## Exit codes',
    exitCodeMeanings.map(([code, meaning]) => `- \`${String(code)}\`: ${meaning}`).join('\n'),
    '## Commands',
    ...commands.flatMap(commandSection),
    ...jsonSections(),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function commandSection(command: PromoteCommand): readonly string[] {
  const help = command.createHelp();
  const words = [
    ...help
      .visibleArguments(command)
      .map((each) => `- \`${help.argumentTerm(each)}\`: ${help.argumentDescription(each)}`),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== '--help')
      .map((each) => `- \`${help.optionTerm(each)}\`: ${help.optionDescription(each)}`),
  ];
  return [
    `### \`${command.fullName}\``,
    command.description(),
    fenced('sh', command.examples.map(({ words: typed, purpose }) => `promote ${typed} # ${purpose}`).join('\n')),
    ...(words.length === 0 ? [] : [words.join('\n')]),
    ...(command.jsonShape === undefined ? [] : [`With \`--json\`: ${command.jsonShape}`]),
  ];
}

function jsonSections(): readonly string[] {
  return [
    '## JSON',
    'Fields are only ever added. What is absent is `null`; times are ISO 8601 in UTC. What is written to standard output is JSON and nothing else; an error is `{"error": {"message", "remedy", "exitCode"}}` there, and a sentence on standard error.',
    '### A promotion',
    fenced('json', indented(promotionJson(samplePromotion({ steps: sampleSteps.slice(0, 1) }), 'v2'))),
    '`state` is one of the states of the design, `stateText` says it in words. `goneRun`: `{"hasBegun", "silentSeconds", "takeOverAt"}` when the worker that held it is gone, or has never begun. `waiting`: `{"reason", "detail", "since", "until"}`. `failure`: `{"step", "requirementsNotMet", "message", "category", "code", "remedy"}`. `rollback`: `{"trigger", "reason", "requestedBy", "at"}`. A step’s `error`: `{"message", "category", "code", "remedy"}`; its `undo`: `{"status", "attempt", "summary", "error"}`.',
    '### What is followed',
    'One document a line. `type` is `started`, `step`, `step-retrying`, `steps-again`, `waiting`, `taking-back`, `undo`, `undo-retrying` or `trouble` (the engine does not answer), and for the last line `ended`, `left-waiting` or `interrupted`.',
    fenced('jsonl', followed()),
    '### A status',
    fenced('json', indented(sampleStatus())),
    '`running` holds promotions. A line of a log is `{"seq", "at", "step", "attempt", "line"}`.',
  ];
}

function followed(): string {
  const lines: string[] = [];
  const reporter = new JsonReporter(silentTerminal((text) => lines.push(text.trimEnd())));
  const view = sampleView({ steps: [] });
  reporter.begin(view);
  reporter.tell({ kind: 'step', step: doneStep('deploy', 2.1, 5.2, 'rolling, 0 of 1,922 requests failed') });
  reporter.end(view, 0);
  return lines.join('\n');
}

function sampleStatus(): object {
  const environment = {
    application: 'shop',
    name: 'staging',
    release: sampleRelease(),
    promotionId: 'pr-7f3a',
    deployedAt: afterStart(5.2),
    verifiedAt: afterStart(10.2),
    autoPromotionPausedAt: undefined,
    slotHeldBy: undefined,
  };
  const closure = {
    kind: 'hold',
    application: '*',
    environment: 'production',
    name: undefined,
    reason: 'incident 4711',
    until: undefined,
    by: 'olga',
  } as const;
  return statusJson({
    at: afterStart(60),
    environments: [environment],
    closures: [closure],
    openItems: [sampleOpenItem],
    stuck: [],
    running: [],
    isCut: false,
  });
}

function everyVisible(command: PromoteCommand): readonly PromoteCommand[] {
  const visible = command.createHelp().visibleCommands(command);
  return command.below.filter((each) => visible.includes(each)).flatMap((each) => [each, ...everyVisible(each)]);
}

function indented(document: object): string {
  return JSON.stringify(document, undefined, 2);
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function silentTerminal(write: (text: string) => void): Terminal {
  return {
    isInteractive: false,
    canAsk: false,
    paint: pc.createColors(false),
    size: () => ({ columns: 80, rows: 24 }),
    write,
    writeError: () => undefined,
    ask: () => Promise.resolve(undefined),
  };
}

const sampleOpenItem = {
  id: 'merge-back:shop:v2.1',
  kind: 'merge-back',
  application: 'shop',
  environment: 'staging',
  promotionId: 'pr-7f3a',
  detail: 'merge the hotfix v2.1 back to develop',
  openedAt: afterStart(10),
} as const;

/** Nothing is run for the documentation. */
const contextOfDocumentation: CommandContext = {
  terminal: silentTerminal(() => undefined),
  environment: {},
  invocation: 'promote',
  logFolder: '/nowhere',
  clock: { now: () => afterStart(0), sleep: () => Promise.resolve() },
  machineClock: { now: () => afterStart(0) },
  interruption: { listen: () => ({ signal: new AbortController().signal, [Symbol.dispose]: () => undefined }) },
  failures: { write: () => undefined },
  local: { start: notHere, bring: notHere, clock: notHere, stop: notHere, serve: notHere, ui: notHere },
  rulesTests: { prepare: notHere },
  auditFiles: { publicKey: notHere, verifyExport: notHere },
  installedRules: () => Promise.resolve(undefined),
  openSession: notHere,
};

function notHere(): Promise<never> {
  return Promise.reject(new SetupError('this is only the documentation', 'run promote itself'));
}
