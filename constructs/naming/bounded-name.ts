import { createHash } from 'node:crypto';
import { conditional, Fn, Op, Token } from 'cdktf';

const HASH_LENGTH = 6;

/**
 * A name as it is when it fits, else its beginning and a hash of all of it: equal names stay equal and different ones
 * different, on every machine and at every deploy.
 * @param name made of lower-case letters, digits and hyphens; one that is known at apply only is cut by Terraform, to
 *   the same result.
 * @param limit most characters that the service takes.
 */
export function boundedName(name: string, limit: number): string {
  const kept = limit - HASH_LENGTH - 1;
  if (!Token.isUnresolved(name)) {
    if (name.length <= limit) return name;
    const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
    return `${name.slice(0, kept).replace(/-+$/, '')}-${hash}`;
  }
  const whole = joined(name);
  const beginning = Fn.replace(asText(Fn.substr(whole, 0, kept)), '/-+$/', '');
  const cut = Fn.join('-', [beginning, asText(Fn.substr(Fn.sha256(whole), 0, HASH_LENGTH))]);
  return asText(conditional(Op.lte(Token.asNumber(Fn.lengthOf(whole)), limit), whole, cut));
}

const asText = (value: unknown): string => Token.asString(value);

/** Functions of CDKTF take texts that are a token or none, not those with a token in them. */
function joined(name: string): string {
  const parts = name.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== '');
  return parts.length === 1 ? name : Fn.join('', parts);
}
