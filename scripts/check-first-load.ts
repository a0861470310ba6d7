import { builtWeb } from '../cli/compose/built-web.ts';
import { firstLoad } from './first-load/first-load.ts';
import { bytesOf, renderFirstLoad } from './first-load/render-first-load.ts';

/**
 * Fails when the web's first load is heavier than it may be; builds the web where it is not there or is old.
 *
 * Usage: npm run check:budget
 */
const budgetBytes = 200_000;

const folder = await builtWeb();
if (folder === undefined) throw new Error('the web is not built and cannot be: run npm ci, then this again');
const files = await firstLoad(folder);
console.log(renderFirstLoad(files, budgetBytes));
process.exitCode = bytesOf(files) > budgetBytes ? 1 : 0;
