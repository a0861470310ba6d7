import { notShown, type RuleProblem } from './problem.ts';
import { SourceText } from './source-text.ts';

const widest = 100;

/**
 * Problems for a terminal: place and sentence, then the line with a caret under what is meant. What stands behind it on
 * the line is left out, and so is the whole line where it could hold a secret.
 * @param texts the document, or each document by its name, for the excerpts; what could not be read is left out.
 */
export function renderProblems(
  problems: readonly RuleProblem[],
  texts: string | ReadonlyMap<string, string> | undefined,
): string {
  const sources = new Map<string, SourceText>();
  const sourceOf = (file: string): SourceText | undefined => {
    const text = typeof texts === 'string' ? texts : texts?.get(file);
    if (text !== undefined && !sources.has(file)) sources.set(file, new SourceText(text.replace(/^\uFEFF/, ''), file));
    return sources.get(file);
  };
  const blocks = problems.map((problem) => {
    const source = sourceOf(problem.file);
    const place = `${problem.file}:${String(problem.line)}:${String(problem.column)}`;
    const head = printable(`${place}  ${problem.message}`);
    const excerpt = source === undefined ? undefined : excerptOf(problem, source);
    return excerpt === undefined ? head : `${head}\n${excerpt}`;
  });
  return blocks.join('\n');
}

function excerptOf(problem: RuleProblem, source: SourceText): string | undefined {
  const line = source.line(problem.line);
  if (line === undefined || problem.found === notShown || line.trim() === '') return undefined;
  const start = problem.column - 1;
  const end = start + Math.max(1, problem.length, keyLength(line.slice(start)));
  // A line may be a megabyte long: what is shown begins close to the place.
  const from = start > widest ? start - widest / 2 : 0;
  const to = Math.min(end, from + 2 * widest);
  const shown = `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.trimEnd().length ? ' …' : ''}`;
  const number = String(problem.line);
  const carets = '^'.repeat(Math.max(1, Math.min(start + Math.max(1, problem.length), to) - start));
  // Tabs stay tabs under tabs, so that the caret meets its place whatever their width.
  const lead = `${from > 0 ? ' ' : ''}${line.slice(from, start).replaceAll(/[^\t]/g, ' ')}`;
  return `  ${number} | ${printable(shown)}\n  ${' '.repeat(number.length)} | ${lead}${carets}`;
}

/** A key is shown whole, even where the problem is about a place before it: half a word says nothing. */
function keyLength(rest: string): number {
  return /^[\w-]{1,64}(?=:)/.exec(rest)?.[0].length ?? 0;
}

/** Control characters of a hostile file, and those that turn text around, must not reach the terminal. */
function printable(text: string): string {
  return text.replaceAll(/(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '·');
}
