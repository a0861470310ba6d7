import { mkdir, writeFile } from 'node:fs/promises';
import { cliReference } from './cli-reference.ts';

const file = new URL('../docs/cli.md', import.meta.url);
await mkdir(new URL('.', file), { recursive: true });
await writeFile(file, cliReference());
