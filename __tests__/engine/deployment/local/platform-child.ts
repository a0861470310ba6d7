import { LocalPlatform } from '../../../../engine/deployment/local/local-platform.ts';
import { platformOptions, quickTiming } from './playground.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the playground’s folder');
await new LocalPlatform(platformOptions(folder, quickTiming, [])).start();
console.log('started');
