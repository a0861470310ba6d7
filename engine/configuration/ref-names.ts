import { z } from 'zod';

/** Git's own rules for names of refs (git help check-ref-format), without what would need quoting somewhere. */
const refPartSchema = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
    'letters, digits, `-`, `_`, `.` and `/` between them',
  )
  .refine((name) => !name.includes('..') && !name.split('/').some((part) => /\.(?:lock)?$/.test(part)), {
    error: 'no part may hold `..` or end with `.` or `.lock`',
  });

const changeSchema = refPartSchema.refine((name) => !name.includes('/'), { error: 'no `/`' });

const commitSchema = z.string().regex(/^[0-9a-f]{40}$/, 'must be a full commit id: 40 hexadecimal digits');

export function branchRef(branch: string): string {
  return `refs/heads/${checked(refPartSchema, branch, 'branch')}`;
}

/** The ref of a promotion's own, which holds its proposed commit. */
export function promotionRef(change: string): string {
  return `refs/promotions/${checked(changeSchema, change, 'change')}`;
}

/** The ref that remembers the highest fence seen for a lane. */
export function fenceRef(lane: string): string {
  return `refs/fences/${checked(refPartSchema, lane, 'lane')}`;
}

export function checkedCommit(commit: string): string {
  return checked(commitSchema, commit, 'commit');
}

function checked(schema: z.ZodType<string>, value: string, what: string): string {
  const result = schema.safeParse(value);
  if (!result.success) {
    const reasons = result.error.issues.map(({ message }) => message).join('; ');
    throw new TypeError(`${JSON.stringify(value)} cannot name a ${what}: ${reasons}`);
  }
  return result.data;
}
