import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { documentedPropsSource, inputsTable } from './inputs-reference.ts';

/** Writes the documented inputs as TypeScript properties and as the table of docs/inputs.md. Usage: npm run build:inputs */
const props = new URL('../constructs/inputs/documented-props.ts', import.meta.url);
const docs = new URL('../docs/inputs.md', import.meta.url);
const table = /(?<=<!-- inputs -->\n)[\s\S]*(?=<!-- \/inputs -->)/;

const propsStyle = await resolveConfig(props);
await writeFile(props, await format(documentedPropsSource(), { ...propsStyle, parser: 'typescript' }));
const text = (await readFile(docs, 'utf8')).replace(table, () => `\n${inputsTable()}\n\n`);
await writeFile(docs, await format(text, { ...(await resolveConfig(docs)), parser: 'markdown' }));
