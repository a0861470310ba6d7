import { PathGraph } from './path-graph.ts';
import type { Path, Rules } from './schema.ts';

/**
 * The paths as a tree for a terminal, in the order of the document. An environment that several paths enter is drawn
 * out once; `↑` says that its own paths are shown above.
 */
export function renderGraph(rules: Pick<Rules, 'environments' | 'paths'>): string {
  const graph = new PathGraph(rules);
  const drawn = new Set<string>();
  const label = labels(rules);
  const below = (environment: string, indent: string): readonly string[] => {
    drawn.add(environment);
    const paths = graph.paths().filter(({ from }) => from === environment);
    return paths.flatMap((path, index) => {
      const isLast = index === paths.length - 1;
      const isDrawn = drawn.has(path.to) && graph.legalHops(path.to).length > 0;
      const line = `${indent}${isLast ? '└─▶ ' : '├─▶ '}${label(path.to)}${isDrawn ? ' ↑' : ''}${demands(path)}`;
      if (drawn.has(path.to)) return [line];
      return [line, ...below(path.to, `${indent}${isLast ? '    ' : '│   '}`)];
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

/** What a person would want to know before asking for the move. */
function demands({ after, approvals, soakSeconds, windows, canary }: Path): string {
  const words = [
    ...(after === 'any'
      ? []
      : [after === 'all' ? 'after all' : `after ${String(after.atLeast)} of ${after.of.join(', ')}`]),
    ...approvals.stages.map(({ name, minimumApprovals }) =>
      minimumApprovals === 1 ? `approval ${name}` : `approval ${name} × ${String(minimumApprovals)}`,
    ),
    ...(soakSeconds === 0 ? [] : [`soak ${duration(soakSeconds)}`]),
    ...(canary.enabled ? [`canary ${String(canary.percentage)} % for ${duration(canary.durationSeconds)}`] : []),
    ...(windows.length === 0 ? [] : ['in windows only']),
  ];
  return words.length === 0 ? '' : `   ${words.join(' · ')}`;
}

function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${String(seconds / 3600)} h`;
  return seconds % 60 === 0 ? `${String(seconds / 60)} min` : `${String(seconds)} s`;
}
