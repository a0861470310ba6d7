import { followExtends, type ExtendsOptions } from './follow-extends.ts';
import { judgeExtended, type RulesRefused } from './parse-rules.ts';
import { nodeAt } from './yaml-tree.ts';

export interface CheckedExtendedRules {
  readonly ok: true;
  /** The file itself, then what it extends. */
  readonly files: readonly string[];
  readonly mandatoryGates: number;
  readonly freezes: number;
}

/** What only the file of an application, or one that stands for it, can say. */
const ofApplications: readonly string[] = ['applications', 'environments', 'paths'];

/**
 * Checks a file that is there for others to extend, such as an organisation's: one that, with all that it extends, says
 * nothing of applications, environments and paths.
 * @returns undefined when the file is none of these, or cannot be read; `loadRules` says what is wrong with it then.
 */
export async function checkExtendedRules(
  path: string,
  options: ExtendsOptions = {},
): Promise<CheckedExtendedRules | RulesRefused | undefined> {
  const { documents, findings } = await followExtends(path, options);
  const trees = documents.flatMap(({ tree }) => tree ?? []);
  if (findings.length > 0 || trees.length < documents.length) return undefined;
  if (trees.some((tree) => tree.kind !== 'map' || ofApplications.some((key) => nodeAt(tree, [key]) !== undefined))) {
    return undefined;
  }
  const judged = judgeExtended(documents);
  if (!judged.ok) return judged;
  const { mandatory = [], freezes = [] } = judged.rules;
  const gates = mandatory.flatMap((entry) => {
    const { custom, ...builtIn } = entry.gates;
    return [...Object.keys(builtIn), ...custom];
  });
  const files = documents.map(({ source }) => source.file);
  return { ok: true, files, mandatoryGates: gates.length, freezes: freezes.length };
}
