import type { LoadedFile } from './first-load.ts';

/** How much the first load weighs, file by file, and whether it is more than it may be. */
export function renderFirstLoad(files: readonly LoadedFile[], budgetBytes: number): string {
  const total = bytesOf(files);
  const lines = files.map(({ path, bytes }) => `  ${inKb(bytes).padStart(8)}  ${path}`);
  const verdict =
    total > budgetBytes
      ? `✖ ${inKb(total - budgetBytes)} over its budget of ${inKb(budgetBytes)}: import what the first page does not show when it is needed (import())`
      : `✔ within its budget of ${inKb(budgetBytes)}`;
  return [`First load of the web, by gzip -9: ${inKb(total)}`, ...lines, verdict].join('\n');
}

export function bytesOf(files: readonly LoadedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** In thousands of bytes, as networks count. */
function inKb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
