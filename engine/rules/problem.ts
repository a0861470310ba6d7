/** One thing wrong with a rules file: where, what was expected, what stands there instead. */
export interface RuleProblem {
  readonly file: string;
  /** From 1. A problem with the file as a whole (absent, a folder) is at 1:1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  /** How many characters of the line it is about; 0 when it is about a place between them. */
  readonly length: number;
  /** Which setting: `paths[0].gates.coverage.minimumPercent`; empty for the file as a whole. */
  readonly path: string;
  readonly expected: string;
  /** What was found; `notShown` where it could be a secret. */
  readonly found: string;
  readonly suggestion?: string;
  /** All of it as one sentence or two. */
  readonly message: string;
}

/** A problem with a file as a whole, or with its bytes. */
export function fileProblem(
  file: string,
  expected: string,
  found: string,
  place: { readonly line: number; readonly column: number } = { line: 1, column: 1 },
): RuleProblem {
  const message = `This must be ${expected}, but it is ${found}.`;
  return { file, ...place, length: 0, path: '', expected, found, message };
}

/** Stands for a value that may be a secret: such a problem is shown without its line, too. */
export const notShown = '(not shown)';

/** More than anybody reads; what is left over is counted. */
export const mostProblems = 200;

export type SettingPath = readonly (string | number)[];

/** `['paths', 0, 'from']` → `paths[0].from`. */
export function formatPath(path: SettingPath): string {
  return path
    .map((segment, position) =>
      typeof segment === 'number' ? `[${String(segment)}]` : position === 0 ? segment : `.${segment}`,
    )
    .join('');
}

/** What a check found wrong, before it has a place in a file. */
export interface Finding {
  readonly path: SettingPath;
  /** Whether it is about the key itself rather than its value. */
  readonly atKey?: boolean;
  readonly expected: string;
  /** Default: the value as it stands in the file. */
  readonly found?: string;
  readonly suggestion?: string | undefined;
}
