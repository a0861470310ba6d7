import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface UsedTypes {
  readonly resources: ReadonlySet<string>;
  readonly dataSources: ReadonlySet<string>;
}

const imported = /from '(@cdktf\/provider-(?:google|kubernetes)\/lib\/(?<binding>[\w-]+)\/index\.js)'/g;

/** The Terraform types that the project's stacks and these tests are made of, by what they import. */
export async function usedTypes(root: string): Promise<UsedTypes> {
  const resources = new Set<string>();
  const dataSources = new Set<string>();
  for await (const file of glob(['constructs/**/*.ts', '__tests__/plan/**/*.ts', 'main.ts'], { cwd: root })) {
    const text = await readFile(path.join(root, file), 'utf8');
    for (const { 1: module, groups } of text.matchAll(imported)) {
      if (module === undefined || groups?.['binding'] === 'provider') continue;
      const names = groups?.['binding']?.startsWith('data-') === true ? dataSources : resources;
      for (const each of Object.values((await import(module)) as object)) {
        const type = terraformTypeOf(each);
        if (type !== undefined) names.add(type);
      }
    }
  }
  return { resources, dataSources };
}

/** Bindings carry the type that they stand for. */
function terraformTypeOf(binding: unknown): string | undefined {
  if (typeof binding !== 'function' || !('tfResourceType' in binding)) return undefined;
  return typeof binding.tfResourceType === 'string' ? binding.tfResourceType : undefined;
}
