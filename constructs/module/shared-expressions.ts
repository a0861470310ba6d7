/** Shorter ones are easier to read where they stand. */
const SHORTEST = 80;

/**
 * Makes expressions that stand in several places into local values: Terraform reads an expression of JSON anew wherever it
 * stands, and so do people. A local value is computed also where nothing needs it, so no expression may fail then.
 * @returns the tree, and the local values by their names.
 */
export function withSharedExpressions<Tree>(tree: Tree): {
  readonly tree: Tree;
  readonly locals: Readonly<Record<string, string>>;
} {
  const counts = new Map<string, number>();
  eachText(tree, (text) => {
    for (const part of partsOf(text)) {
      if (isLong(part)) counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    return text;
  });
  const shared = [...counts].filter(([, count]) => count > 1).map(([expression]) => expression);
  const names = new Map(shared.map((expression, index) => [expression, `shared_${String(index + 1)}`] as const));
  const replaced = eachText(tree, (text) => {
    const parts = partsOf(text).map((part) => {
      const name = names.get(part);
      return name === undefined ? part : `\${local.${name}}`;
    });
    return parts.join('');
  });
  return { tree: replaced as Tree, locals: Object.fromEntries(shared.map((each) => [names.get(each) ?? '', each])) };
}

/** A reference alone is told best by itself. */
const isLong = (part: string): boolean => /^\$\{.*[(?"]/s.test(part) && part.length >= SHORTEST;

function eachText(tree: unknown, change: (text: string) => string): unknown {
  if (typeof tree === 'string') return change(tree);
  if (Array.isArray(tree)) return tree.map((each) => eachText(each, change));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, eachText(value, change)]));
}

/** A template as its expressions, each with its braces, and what stands between them; joined, they are the template. */
export function partsOf(template: string): readonly string[] {
  const parts: string[] = [];
  let begin = 0;
  let at = 0;
  while (at < template.length) {
    if (template.startsWith('$${', at)) {
      at += 3;
    } else if (template.startsWith('${', at)) {
      const end = endOf(template, at + 2);
      parts.push(template.slice(begin, at), template.slice(at, end));
      begin = end;
      at = end;
    } else {
      at += 1;
    }
  }
  parts.push(template.slice(begin));
  return parts.filter((part) => part !== '');
}

/** Behind the brace that closes an expression, which holds braces and texts of its own. @param begin behind the one that opens it. */
function endOf(template: string, begin: number): number {
  let at = begin;
  let open = 1;
  while (open > 0 && at < template.length) {
    const sign = template[at];
    if (sign === '"') {
      at = endOfText(template, at + 1);
      continue;
    }
    if (sign === '{') open += 1;
    if (sign === '}') open -= 1;
    at += 1;
  }
  return at;
}

/** Behind the quote that closes a text, in which there may be expressions. */
function endOfText(template: string, begin: number): number {
  let at = begin;
  while (at < template.length && template[at] !== '"') {
    if (template[at] === '\\') at += 2;
    else if (template.startsWith('$${', at)) at += 3;
    else if (template.startsWith('${', at)) at = endOf(template, at + 2);
    else at += 1;
  }
  return at + 1;
}
