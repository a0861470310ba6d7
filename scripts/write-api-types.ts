import { writeFile } from 'node:fs/promises';
import { apiTypes } from './api-types.ts';

/** Writes the types that the web's client is made of. Usage: npm run build:api */
await writeFile(new URL('../cloudrun-ui/web/src/api/schema.gen.ts', import.meta.url), await apiTypes());
