import { decodeUtf8, mostBytes } from './document-limits.ts';
import { placeOf } from './place-findings.ts';
import { fileProblem, type RuleProblem } from './problem.ts';
import { SourceText } from './source-text.ts';
import { readYaml, type YamlTree } from './yaml-tree.ts';
import { describeBytes, formatBytes } from '../wording/format-bytes.ts';

/** A rules file as it was read, before anything is said about its settings. */
export interface RulesDocument {
  readonly source: SourceText;
  /** Undefined when it is no single YAML document of plain data. */
  readonly tree: YamlTree | undefined;
  readonly problems: readonly RuleProblem[];
}

/** Reads bytes or a text as a YAML document. @param file what problems call it; nothing is read from it. */
export function readRulesDocument(text: string | Uint8Array, file: string): RulesDocument {
  const size = typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
  if (size > mostBytes) return unreadable(file, tooLarge(size, file));
  if (typeof text === 'string') return readText(text.replace(/^\uFEFF/, ''), file);
  const decoded = decodeUtf8(text);
  if (decoded.ok) return readText(decoded.text, file);
  const { line, column } = new SourceText(decoded.validUpTo).placeOf(decoded.validUpTo.length);
  return unreadable(file, fileProblem(file, decoded.expected, decoded.found, { line, column }));
}

export function tooLarge(bytes: number, file: string): RuleProblem {
  return fileProblem(
    file,
    `a rules file of at most ${describeBytes(mostBytes)}`,
    `${formatBytes(bytes, 'up')}; put a part into a file of its own, which this one extends`,
  );
}

function unreadable(file: string, problem: RuleProblem): RulesDocument {
  return { source: new SourceText('', file), tree: undefined, problems: [problem] };
}

function readText(text: string, file: string): RulesDocument {
  const source = new SourceText(text, file);
  const { tree, problems } = readYaml(source);
  return {
    source,
    tree,
    problems: problems.map(({ span, expected, found, message }) => ({
      ...placeOf(span),
      path: '',
      expected,
      found,
      message: message ?? `This must be ${expected}; found ${found}.`,
    })),
  };
}
