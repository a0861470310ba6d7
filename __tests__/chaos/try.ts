import { Installation } from './installation/installation.ts';
import { Subject } from './installation/subject.ts';
import { KillTest } from './kills/kill-test.ts';
const names = (process.argv[3] ?? 'a1,a2').split(',');
const t0=performance.now(); const lap=(s:string)=>console.log(((performance.now()-t0)/1000).toFixed(1), s);
const inst = await Installation.open(names); lap('installation '+inst.folders.root);
try {
 const subjects = await Promise.all(names.map((n) => Subject.open(inst, n))); lap('subjects');
 const result = await new KillTest(inst, subjects, { kills: Number(process.argv[2] ?? 10), seed: Number(process.argv[4] ?? 1), killsPerPromotion: 8, onProgress: lap }).run();
 for (const s of subjects) await s.close();
 console.log(JSON.stringify(result, null, 1));
} catch (e) { console.error(e); }
await inst.close(); lap('closed');
