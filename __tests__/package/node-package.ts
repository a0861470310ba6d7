import path from 'node:path';

/**
 * The package of the registry that is another Node for this machine, by the name that Node's own packages give the
 * platform.
 */
export function nodePackage(): string {
  const { platform, arch } = process;
  return `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
}

/** Where it lies, once installed. */
export const nodeOf = (project: string): string => path.join(project, 'node_modules', nodePackage(), 'bin/node');
