import { demandsOf } from './describe-path.ts';
import { PathGraph } from './path-graph.ts';
import type { Path, Rules } from './schema.ts';
import type { SettingPlaces } from './setting-places.ts';

const titleWidth = 12;

/**
 * The paths as a tree for a terminal, in the order of the document, each with what it demands below it. An environment
 * that several paths enter is drawn out once; `↑` says that its own paths are shown above. What an extended file demands
 * has its place behind it.
 * @param places where the rules say what; left out: no place is shown.
 */
export function renderGraph(rules: Pick<Rules, 'environments' | 'paths'>, places?: SettingPlaces): string {
  const graph = new PathGraph(rules);
  const drawn = new Set<string>();
  const label = labels(rules);
  const below = (environment: string, indent: string): readonly string[] => {
    drawn.add(environment);
    const paths = graph.paths().filter(({ from }) => from === environment);
    return paths.flatMap((path, index) => {
      const isLast = index === paths.length - 1;
      const isDrawn = drawn.has(path.to) && graph.legalHops(path.to).length > 0;
      const deeper = `${indent}${isLast ? '    ' : '│   '}`;
      const hasMore = !drawn.has(path.to) && graph.legalHops(path.to).length > 0;
      const lines = [
        `${indent}${isLast ? '└─▶ ' : '├─▶ '}${label(path.to)}${isDrawn ? ' ↑' : ''}`,
        ...demandLines(path, places).map((text) => `${deeper}${hasMore ? '│ ' : '  '}${text}`),
      ];
      if (drawn.has(path.to)) return lines;
      return [...lines, ...below(path.to, deeper)];
    });
  };
  const roots = graph.environments().filter((environment) => graph.sourcesOf(environment).length === 0);
  return roots.flatMap((root) => [label(root), ...below(root, '')]).join('\n');
}

function labels(rules: Pick<Rules, 'environments'>): (environment: string) => string {
  const aliases = new Map(rules.environments.map((environment) => [environment.name, environment.aliases]));
  return (environment) => {
    const also = aliases.get(environment) ?? [];
    return also.length === 0 ? environment : `${environment} (${also.join(', ')})`;
  };
}

function demandLines(path: Path, places: SettingPlaces | undefined): readonly string[] {
  return demandsOf(path).flatMap(({ title, points }) =>
    points.map(({ text, setting }, index) => {
      const elsewhere = (places?.ofPath(path, setting) ?? []).filter(({ file }) => file !== places?.file);
      const origin = elsewhere.map(({ file, line }) => `${file}:${String(line)}`).join(', ');
      return `${(index === 0 ? title : '').padEnd(titleWidth)}${text}${origin === '' ? '' : `  ← ${origin}`}`;
    }),
  );
}
