import { z } from 'zod';
import { object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import type { ReportReader } from '../report-reader.ts';

const stateSchema = z.object({
  commit: z.string().regex(/^[0-9a-f]{7,64}$/, 'is no commit: 7 to 64 hexadecimal digits in lower case'),
  branch: z.string().min(1).max(250),
  isClean: z.boolean(),
  isPushed: z.boolean(),
});

/** The state of a work tree, as `promote evidence source` writes it: `{ "commit", "branch", "isClean", "isPushed" }`. */
export const readSource: ReportReader = async (source, { limits }) => {
  const shape = object({ commit: scalar, branch: scalar, isClean: scalar, isPushed: scalar });
  const state = parseAt(stateSchema, await readJson(source, shape, limits), '$');
  return { facts: [{ kind: 'source', ...state }], collectedAt: undefined };
};
