import { Installation } from './installation/installation.ts';
import { Subject } from './installation/subject.ts';
import { ZombieTest } from './zombies/zombie-test.ts';
import { pointName } from './worker/kill-point.ts';
const names = (process.argv[3] ?? 'a1,a2').split(',');
const pattern = new RegExp(process.argv[2] ?? '.');
const t0=performance.now(); const lap=(s:string)=>console.log(((performance.now()-t0)/1000).toFixed(1), s);
const inst = await Installation.open(names); lap('installation '+inst.folders.root);
try {
 const subjects = await Promise.all(names.map((n) => Subject.open(inst, n))); lap('subjects');
 const result = await new ZombieTest(subjects, { seed: Number(process.argv[4] ?? 1), onProgress: lap, isChosen: (c) => pattern.test(`${pointName(c.point)},${c.variant}`) }).run();
 for (const s of subjects) { console.log(await s.client.stop()); await s.close(); }
 console.log(JSON.stringify(result, null, 1));
 console.log(inst.platformErrors);
} catch (e) { console.error(e); }
await inst.close(); lap('closed');
