import { z } from 'zod';
import { EvidenceError } from '../evidence-error.ts';
import { array, object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import type { ReportReader } from '../report-reader.ts';

const count = z.int({ error: 'must be a count' }).nonnegative({ error: 'must not be negative' }).nullish();
const messageSchema = z.object({
  severity: z.union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' }),
  fatal: z.boolean().nullish(),
});
const fileSchema = z.object({
  filePath: z.string({ error: 'is missing; is this of eslint --format json?' }),
  messages: z.array(z.unknown(), { error: 'is missing; is this of eslint --format json?' }),
  errorCount: count,
  warningCount: count,
});

/** `eslint --format json`. The messages are what counts; a file that counts more than it lists is refused. */
export const readEslint: ReportReader = async (text, { limits }) => {
  const total = { errors: 0, warnings: 0, files: 0 };
  let file = { errors: 0, warnings: 0 };
  const message = object({ severity: scalar, fatal: scalar });
  const each = object({
    filePath: scalar,
    errorCount: scalar,
    warningCount: scalar,
    messages: array(message, (value, place) => {
      const { severity, fatal } = parseAt(messageSchema, value, place);
      if (severity === 2 || fatal === true) file.errors += 1;
      else file.warnings += 1;
    }),
  });
  const root = array(each, (value, place) => {
    const { errorCount, warningCount } = parseAt(fileSchema, value, place);
    if ((errorCount ?? 0) > file.errors || (warningCount ?? 0) > file.warnings) {
      throw new EvidenceError('contradicts itself: it counts more messages than it lists', place);
    }
    total.errors += file.errors;
    total.warnings += file.warnings;
    total.files += 1;
    file = { errors: 0, warnings: 0 };
  });
  await readJson(text, root, limits);
  if (total.files === 0) throw new EvidenceError('names no file that was looked at', '$');
  const { errors, warnings } = total;
  return { facts: [{ kind: 'lint', tool: 'eslint', errors, warnings }], collectedAt: undefined };
};
