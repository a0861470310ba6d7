import type { Condition } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';

/**
 * A secret of an HCL module, which may come as a value, by reference or not at all. Terraform may not decide by a value that
 * it does not keep, so plain inputs say which it is.
 */
export class OptionalSecret {
  /** The ephemeral value, a token. */
  readonly value: string;
  /** 0: no value is given; a new one is written when it is raised. A token. */
  readonly revision: number;
  /** `projects/<project>/secrets/<name>`, with or without a version; empty: none. A token. */
  readonly reference: string;

  constructor(value: string, revision: number, reference: string) {
    this.value = value;
    this.revision = revision;
    this.reference = reference;
  }

  /** Whether the value has to be written to Secret Manager. */
  get isWritten(): Condition {
    return hcl`(${this.revision} > 0)`;
  }

  get isGiven(): Condition {
    return hcl`(${this.revision} > 0 || ${this.reference} != ${''})`;
  }

  /** A part of the reference between slashes; empty without one. */
  part(index: 1 | 3): string {
    return hcl`try(split(${'/'}, ${this.reference})[${index}], ${''})`.toString();
  }

  get version(): string {
    return hcl`try(split(${'/'}, ${this.reference})[5], ${'latest'})`.toString();
  }
}
