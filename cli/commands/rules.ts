import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { renderGraph } from '../../engine/rules/render-graph.ts';
import { renderProblems } from '../../engine/rules/render-problems.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { graphJson } from '../json/rules-json.ts';
import { writeJson } from '../json/write-json.ts';
import { printable, printableLines } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { addExplain } from './rules/explain.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });
type Loaded = Awaited<ReturnType<typeof loadRules>>;
type Problems = Extract<Loaded, { ok: false }>['problems'];

const defaultFile = 'promotion/promotion-rules.yaml';
const fileHelp = `the rules file (default: PROMOTE_RULES, else ${defaultFile})`;

/** `promote rules`: everything about the rules file; no database is needed. */
export function addRules(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('rules')
    .description('Checks and shows the promotion rules.')
    .example('rules check', 'say everything that is wrong with the rules')
    .example('rules graph', 'show the paths between environments');
  group
    .command('check')
    .description('Says everything that is wrong with a rules file, each at its line; exit code 2 when anything is.')
    .example('rules check', 'check the rules of this folder')
    .example('rules check examples/shop/promotion-rules.yaml', 'check another file')
    .argument('[file]', fileHelp)
    .json(
      '`{ "file", "ok", "problems": [ { "file", "line", "column", "path", "expected", "found", "suggestion", "message" } ] }`.',
    )
    .runs(optionsSchema, async ({ json }, word) => {
      const file = rulesFile(context, word);
      const loaded = await loadRules(file);
      if (!loaded.ok) return refuse(context, file, loaded.problems, json);
      const { environments, paths, applications } = loaded.rules;
      const counts = [
        count(applications, 'application'),
        count(environments, 'environment'),
        count(paths, 'path'),
      ].join(', ');
      if (json) writeJson(context.terminal, { file, ok: true, problems: [] });
      else context.terminal.write(`${context.terminal.paint.green('✔')} ${printable(file)}  ${counts}\n`);
      return exitCodes.ok;
    });
  group
    .command('graph')
    .description(
      'Draws the paths of a rules file with what each of them demands: gates with their thresholds, approvals, checklist, soak, windows, bake.',
    )
    .example('rules graph', 'the rules of this folder')
    .example('rules graph examples/shop/promotion-rules.yaml', 'of another file')
    .argument('[file]', fileHelp)
    .json(
      '`{ "file", "environments": [ { "name", "aliases" } ], "paths": [ { "from", "to", "after", "soakSeconds", "gates": [ { "gate", "settings" } ], "approvals", "checklist": { "items", "tickedByGates" }, "windows", "canary", "bakeSeconds" } ] }`.',
    )
    .runs(optionsSchema, async ({ json }, word) => {
      const file = rulesFile(context, word);
      const loaded = await loadRules(file);
      if (!loaded.ok) return refuse(context, file, loaded.problems, json);
      const { rules } = loaded;
      if (json) writeJson(context.terminal, graphJson(file, rules));
      else context.terminal.write(`${printableLines(renderGraph(rules)).join('\n')}\n`);
      return exitCodes.ok;
    });
  addExplain(group, context, {
    fileHelp,
    async load(word, isJson) {
      const file = rulesFile(context, word);
      const loaded = await loadRules(file);
      return loaded.ok ? { file, rules: loaded.rules } : refuse(context, file, loaded.problems, isJson);
    },
  });
}

function rulesFile({ environment }: CommandContext, word: string | undefined): string {
  const fromEnvironment = environment['PROMOTE_RULES'];
  return word ?? (fromEnvironment === undefined || fromEnvironment === '' ? defaultFile : fromEnvironment);
}

async function refuse(context: CommandContext, file: string, problems: Problems, isJson: boolean): Promise<number> {
  const { terminal } = context;
  if (isJson) {
    const shown = problems.map(({ file: at, line, column, path, expected, found, suggestion, message }) => {
      return { file: at, line, column, path, expected, found, suggestion: suggestion ?? null, message };
    });
    writeJson(terminal, { file, ok: false, problems: shown });
    return exitCodes.usage;
  }
  const rendered = renderProblems(problems, await readAgain(file, problems));
  const total = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  terminal.writeError(
    `${printableLines(rendered).join('\n')}\n\n${terminal.paint.red('✖')} ${printable(file)}  ${total}\n`,
  );
  return exitCodes.usage;
}

/** The text for the excerpts, unless the file itself is the problem: it may be too large, a pipe, or gone. */
async function readAgain(file: string, problems: Problems): Promise<string | undefined> {
  const isAboutFile = problems.every(({ path, length }) => path === '' && length === 0);
  if (isAboutFile) return undefined;
  return readFile(file, 'utf8').catch(() => undefined);
}

function count(things: readonly unknown[], one: string): string {
  return `${String(things.length)} ${one}${things.length === 1 ? '' : 's'}`;
}
