import { z } from 'zod';
import type { RuleProblem } from '../../../engine/rules/problem.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { problemsJson } from '../../json/rules-json.ts';
import { scenarioJson } from '../../json/rules-test-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import { printable, printableLines } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { readTexts } from '../../read-texts.ts';
import { scenarioLines, scenarioSummary } from '../../render/rules-test-lines.ts';
import { extendsOptions } from '../../rules-folders.ts';
import { UsageError } from '../../usage-error.ts';

const optionsSchema = z.object({
  rules: z.string().optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** What came of one file of scenarios. */
interface FileOutcome {
  readonly file: string;
  readonly rules: string | null;
  readonly problems: readonly RuleProblem[];
  readonly scenarios: readonly ReturnType<typeof scenarioJson>[];
}

/** `promote rules test`: what the rules do to promotions that are only told, over any time. */
export function addTest(group: PromoteCommand, context: CommandContext): void {
  group
    .command('test')
    .description(
      'Runs scenarios through the engine on a virtual clock, with nothing real around it; exit code 1 when one is not as expected.',
    )
    .example('rules test examples/rules/quikapp.test.yaml', 'a year of rules in seconds')
    .example('rules test rules.test.yaml --rules proposed.yaml', 'the same scenarios by other rules')
    .argument('[files...]', 'files of scenarios, *.test.yaml')
    .option('--rules <file>', 'the rules file (default: the one that the scenarios name)', someText)
    .json(
      '`{ "ok", "passed", "failed", "files": [ { "file", "rules", "problems", "scenarios": [ { "name", "line", "ok", "from", "to", "steps", "failures": [ { "line", "column", "what", "expected", "got", "why" } ] } ] } ] }`.',
    )
    .runs(optionsSchema, async (options, ...words) => {
      const files = words.filter((word) => word !== undefined);
      if (files.length === 0) throw new UsageError('name a file of scenarios, such as rules.test.yaml');
      return runFiles(context, files, options);
    });
}

async function runFiles(context: CommandContext, files: readonly string[], options: Options): Promise<number> {
  const { terminal } = context;
  const outcomes: FileOutcome[] = [];
  for (const file of files) outcomes.push(await runFile(context, file, options));
  const scenarios = outcomes.flatMap((outcome) => outcome.scenarios);
  const failed = scenarios.filter(({ ok }) => !ok).length;
  const passed = scenarios.length - failed;
  const isRefused = outcomes.some(({ problems }) => problems.length > 0);
  if (options.json) {
    const shown = outcomes.map((outcome) => ({ ...outcome, problems: problemsJson(outcome.problems) }));
    writeJson(terminal, { ok: failed === 0 && !isRefused, passed, failed, files: shown });
  } else if (scenarios.length > 0) terminal.write(`\n${scenarioSummary(passed, failed, terminal.paint)}\n`);
  if (isRefused) return exitCodes.usage;
  return failed === 0 ? exitCodes.ok : exitCodes.failed;
}

async function runFile(context: CommandContext, file: string, { rules, json }: Options): Promise<FileOutcome> {
  const { terminal, environment } = context;
  const run = await context.rulesTests.prepare({ file, rules, extending: extendsOptions(environment) });
  if (!run.ok) {
    if (!json) {
      const rendered = renderProblems(run.problems, await readTexts(run.problems));
      terminal.writeError(`${printableLines(rendered).join('\n')}\n`);
    }
    return { file, rules: rules ?? null, problems: run.problems, scenarios: [] };
  }
  if (!json) terminal.write(`${printable(file)}  ${terminal.paint.dim(`rules ${printable(run.rules)}`)}\n`);
  const scenarios: ReturnType<typeof scenarioJson>[] = [];
  let began = performance.now();
  for await (const result of run.results) {
    const tookMs = performance.now() - began;
    scenarios.push(scenarioJson(result));
    if (!json) terminal.write(`${scenarioLines(result, file, tookMs, terminal.paint).join('\n')}\n`);
    began = performance.now();
  }
  return { file, rules: run.rules, problems: [], scenarios };
}
