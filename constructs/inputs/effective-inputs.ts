import type { Decidable } from '../conditions/condition.ts';
import { documentedInputs, propertyName } from './documented-inputs.ts';
import type { DocumentedProps } from './documented-props.ts';

/** The documented inputs with every default in them. */
export type EffectiveInputs = Decidable<Required<DocumentedProps>>;

/**
 * @param props as the user gave them; what is absent gets its documented default.
 * @param without inputs that get their default although they are given.
 */
export function effectiveInputs(props: Decidable<DocumentedProps>, without: readonly string[] = []): EffectiveInputs {
  const entries = documentedInputs.map((input) => {
    const name = propertyName(input.name);
    const given: unknown = without.includes(name) ? undefined : Reflect.get(props, name);
    return [name, given ?? input.default] as const;
  });
  return Object.fromEntries(entries) as EffectiveInputs;
}
