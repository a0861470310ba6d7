import { parseRules } from '../../engine/rules/parse-rules.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { applicationName, environmentNames, installationSize as size } from './installation-size.ts';

function rulesText(intoProduction: string): string {
  const applications = Array.from({ length: size.applications }, (_, index) => {
    return `  - { name: ${applicationName(index)}, services: [{ name: api }] }`;
  });
  const environments = environmentNames.map(
    (name) => `  - name: ${name}
    targets: { deployment: { kind: local }, registry: registries/<env>, configuration: { repository: configuration } }`,
  );
  const paths = environmentNames
    .slice(1)
    .map((to) => `  - { from: dev, to: ${to}${to === 'production' ? intoProduction : ''} }`);
  return [
    'version: 1',
    'applications:',
    ...applications,
    'environments:',
    ...environments,
    'paths:',
    ...paths,
    '',
  ].join('\n');
}

/**
 * The rules of the large installation: every application with one service, and a path from dev into each other environment.
 * @param intoProduction what the path into production demands beside, such as `, soakSeconds: 60`.
 */
export function readLargeRules(intoProduction = ''): Rules {
  const parsed = parseRules(rulesText(intoProduction), 'rules of the benchmark');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}
