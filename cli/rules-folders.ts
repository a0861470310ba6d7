import { delimiter } from 'node:path';
import type { ExtendsOptions } from '../engine/rules/follow-extends.ts';

/** `PROMOTE_RULES_FOLDERS`: folders outside the repository from which rules may be extended, as `PATH` lists folders. */
export function extendsOptions(environment: Readonly<Record<string, string | undefined>>): ExtendsOptions {
  const folders = (environment['PROMOTE_RULES_FOLDERS'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return { allowedFolders: folders };
}
