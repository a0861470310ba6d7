import type { Rules } from '../rules/schema.ts';
import type { RulesSource } from './service-context.ts';

/** The rules as they are now; undefined: they cannot be read or are wrong, which refuses a promotion but never a look. */
export async function readableRules({ rules }: { readonly rules: RulesSource }): Promise<Rules | undefined> {
  try {
    return await rules.current();
  } catch {
    return undefined;
  }
}
