import { fileURLToPath } from 'node:url';

/** Where this package lies, and what it brings along: the function's zip, dashboards, schemas. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));
