type Random = () => number;

export function pick<Item>(from: readonly Item[], random: Random): Item {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('there is nothing to pick from');
  return chosen;
}

function between(lowest: number, highest: number, random: Random): number {
  return lowest + Math.floor(random() * (highest - lowest + 1));
}

/** What breaks readers: control characters, other alphabets, the names of prototypes, numbers at their ends, templates. */
const poison = [
  '\0',
  '\u001b[31m',
  '\ud800',
  '\u202e',
  '🚀'.repeat(50),
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  'NaN',
  '9007199254740993',
  "'; drop table promotion; --",
  '$(touch /tmp/owned)',
  '../../../../etc/passwd',
  '<!ENTITY x SYSTEM "file:///etc/passwd">',
  '&x;',
  '{{{{',
  '[[[[',
  '&a [*a, *a]',
  '!!js/function x',
  '%s%n',
  '=',
  '--',
  '-',
  '',
  ' ',
  '\n',
  'x'.repeat(70_000),
] as const;

export function poisonedText(random: Random): string {
  return Array.from({ length: between(1, 3, random) }, () => pick(poison, random)).join(
    pick(['', ' ', '.', '/'], random),
  );
}

/** The bytes with a few changes: flipped, cut off, doubled, moved, or with something harmful put in. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = Buffer.from(bytes);
  for (let change = between(1, 6, random); change > 0; change -= 1) {
    const at = between(0, mutated.length, random);
    const length = between(1, 64, random);
    switch (between(0, 5, random)) {
      case 0:
        if (at < mutated.length) mutated[at] = between(0, 255, random);
        break;
      case 1:
        mutated = mutated.subarray(0, at);
        break;
      case 2:
        mutated = Buffer.concat([mutated.subarray(0, at), mutated.subarray(at + length)]);
        break;
      case 3:
        mutated = Buffer.concat([mutated.subarray(0, at + length), mutated.subarray(at)]);
        break;
      case 4:
        mutated = Buffer.concat([mutated.subarray(0, at), Buffer.from(poisonedText(random)), mutated.subarray(at)]);
        break;
      default: {
        const piece = mutated.subarray(at, at + length);
        const to = between(0, mutated.length, random);
        mutated = Buffer.concat([mutated.subarray(0, to), piece, mutated.subarray(to)]);
      }
    }
  }
  return mutated;
}
