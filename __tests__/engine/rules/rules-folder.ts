import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import type { RuleProblem } from '../../../engine/rules/problem.ts';
import type { RulesOrigin } from '../../../engine/rules/rules-origin.ts';
import type { Rules } from '../../../engine/rules/schema.ts';

/** A folder with rules files that extend each other, gone with `remove`. */
export class RulesFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<RulesFolder> {
    return new RulesFolder(await realpath(await mkdtemp(join(tmpdir(), 'rules-'))));
  }

  in(name: string): string {
    return join(this.path, name);
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(this.in(name)), { recursive: true });
      await writeFile(this.in(name), text);
    }
  }

  /** @throws when the rules are wrong. */
  async load(name = 'app.yaml'): Promise<{ readonly rules: Rules; readonly origin: RulesOrigin }> {
    const loaded = await loadRules(this.in(name));
    if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
    return loaded;
  }

  async problems(name = 'app.yaml', allowedFolders: readonly string[] = []): Promise<readonly RuleProblem[]> {
    const loaded = await loadRules(this.in(name), { allowedFolders });
    return loaded.ok ? [] : loaded.problems;
  }

  /** `organisation.yaml:3:5 message`, with the folder left out. */
  async told(name = 'app.yaml', allowedFolders: readonly string[] = []): Promise<readonly string[]> {
    const problems = await this.problems(name, allowedFolders);
    return problems.map(({ file, line, column, message }) =>
      `${file}:${String(line)}:${String(column)} ${message}`.replaceAll(`${this.path}/`, ''),
    );
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

const environment = (name: string, more = ''): string => `  - name: ${name}
    targets:
      deployment: { kind: local }
      registry: registries/<env>
      configuration: { repository: configuration }
${more}`;

/** dev → staging → production, which extends `organisation.yaml`. @param more further settings of the document. */
export function applicationText(more = '', { path = '', production = '' } = {}): string {
  return `extends: organisation.yaml
version: 1
applications:
  - name: shop
    services: [{ name: api }, { name: web, kind: frontend }]
environments:
${environment('dev')}${environment('staging')}${environment('production', production)}paths:
  - { from: dev, to: staging }
  - from: staging
    to: production
${path}${more}`;
}
