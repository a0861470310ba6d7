import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { functionArchive } from './function-archive/function-archive.ts';
import { moduleFiles } from './terraform-module/module-files.ts';

/**
 * Writes the HCL module, for users of Terraform or OpenTofu without CDK for Terraform.
 *
 * Usage: npm run module     into dist/terraform-module
 */
const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'dist/terraform-module');
const { bytes } = await functionArchive(root);
const files = await moduleFiles(bytes);
await rm(folder, { recursive: true, force: true });
for (const [name, content] of files) {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
console.log(`${path.relative(process.cwd(), folder)}  ${String(files.size)} files`);
