import { z } from 'zod';
import { refuseForbiddenAddress } from './callable-address.ts';
import { closest } from './closest-word.ts';

/** What a template may name. */
export type Placeholder = 'env' | 'target' | 'app' | 'service' | 'release' | 'tag' | 'version';
export type TemplateValues = Readonly<Partial<Record<Placeholder, string>>>;

const placeholder = /<([^<>\s]*)>/g;

/** The placeholders a template uses, each once, in order. */
export function placeholdersOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(placeholder)].map(([, name]) => name ?? ''))];
}

/**
 * Puts the values in place of `<env>`, `<app>`, `<service>` and `<release>`.
 * @throws when the template names a placeholder that has no value: a name with a hole in it must never be used.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  const byName = new Map<string, string>(Object.entries(values));
  return template.replaceAll(placeholder, (whole, name: string) => {
    const value = byName.get(name);
    if (value === undefined) {
      throw new Error(`The template ${template} names ${whole}, which has no value here.`);
    }
    return value;
  });
}

/** A name with placeholders; one that is not among the allowed is refused with the nearest that is. */
export function templateSchema(allowed: readonly Placeholder[]) {
  const list = allowed.map((name) => `<${name}>`).join(', ');
  return z
    .string()
    .min(1)
    .check((context) => {
      for (const name of placeholdersOf(context.value)) {
        if (allowed.some((known) => known === name)) continue;
        const near = closest(name, allowed);
        context.issues.push({
          code: 'custom',
          input: context.value,
          message: `must be a template over ${list}; <${name}> is none of them`,
          ...(near === undefined ? {} : { params: { suggestion: `<${near}>` } }),
        });
      }
      if (/[<>]/.test(context.value.replaceAll(placeholder, ''))) {
        context.issues.push({
          code: 'custom',
          input: context.value,
          message: `must be a template over ${list} with every < closed by a >`,
        });
      }
    });
}

/** A template of a path that stays inside its folder. */
export function relativePathTemplateSchema(allowed: readonly Placeholder[]) {
  return templateSchema(allowed).refine((path) => !path.startsWith('/') && !path.split(/[/\\]/).includes('..'), {
    error: 'must be a relative path that does not leave its folder',
  });
}

/** A template of an http(s) address, or of a path (`/health`) below the address the deployment reports. */
export function urlTemplateSchema(allowed: readonly Placeholder[]) {
  return templateSchema(allowed)
    .refine((url) => /^(https?:\/\/[^/\s@]+(\/\S*)?|\/\S*)$/.test(url), {
      error: 'must be an http or https address without a password, or a path that begins with /',
    })
    .check(refuseForbiddenAddress);
}
