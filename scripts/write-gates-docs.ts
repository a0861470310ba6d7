import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { gatesReference } from './gates-reference.ts';

/** Writes docs/gates.md. Usage: npm run build:gates */
const file = new URL('../docs/gates.md', import.meta.url);
const style = await resolveConfig(file);
await writeFile(file, await format(gatesReference(), { ...style, parser: 'markdown' }));
