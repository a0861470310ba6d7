import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { PromotionControlPlane } from '../../constructs/promotion-control-plane.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';

/**
 * CPU time of synthesising pairs, each in a stack of its own on one control plane, imports left out. The result goes to
 * bench/synth/result.json.
 *
 * Usage: npm run bench:synth
 */
const folder = await mkdtemp(path.join(tmpdir(), 'bench-synth-'));
const archive = path.join(folder, 'db_migration.zip');
await writeFile(archive, 'archive');

function synthesise(pairs: number): number {
  const before = process.cpuUsage();
  const app = new App({ outdir: path.join(folder, `out-${String(pairs)}`) });
  const plane = new PromotionControlPlane(stackIn(app, 'control-plane'), 'promotion', {
    gcpProjectId: 'shop-prod',
    dbMigrationFunctionSource: archive,
  });
  for (let index = 0; index < pairs; index += 1) {
    const environment = `stage-${String(index)}`;
    new PromotionProcess(stackIn(app, `pair-${String(index)}`), 'promotion', {
      environment,
      targetEnvironment: `stage-${String(index + 1)}`,
      kubernetesNamespace: `shop-${environment}`,
      domainName: `${environment}.shop.example`,
      artifactRegistry: 'ghcr.io/shop',
      configRepository: 'https://github.com/shop/config.git',
      gcpProjectId: 'shop-prod',
      controlPlane: plane,
    });
  }
  app.synth();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function stackIn(app: App, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new GoogleProvider(stack, 'google', { project: 'shop-prod' });
  new KubernetesProvider(stack, 'kubernetes', {});
  return stack;
}

/** What one pair may take, and how much more each of many may take than each of few: more would not be linear. */
const mostSeconds = 1;
const mostGrowth = 1.5;

const rows = [1, 10, 50, 100].map((pairs) => ({ pairs, cpuSeconds: Number(synthesise(pairs).toFixed(3)) }));
await rm(folder, { recursive: true, force: true });
const secondsEach = (pairs: number): number =>
  (rows.find((row) => row.pairs === pairs)?.cpuSeconds ?? Number.POSITIVE_INFINITY) / pairs;
const result = {
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), load: loadavg()[0] },
  node: process.version,
  rows,
  mostSeconds,
  /** The cost of a pair among 100, as a multiple of the cost of a pair among 50. */
  growth: Number((secondsEach(100) / secondsEach(50)).toFixed(2)),
  mostGrowth,
};
for (const { pairs, cpuSeconds } of rows) {
  console.log(
    `${String(pairs).padStart(4)} pairs  ${cpuSeconds.toFixed(2)} CPU s  ${(cpuSeconds / pairs).toFixed(3)} a pair`,
  );
}
await writeFile(path.join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
if (secondsEach(1) > mostSeconds) {
  console.error('One pair takes more than one CPU-second.');
  process.exitCode = 1;
}
if (!(result.growth <= mostGrowth)) {
  console.error(`Each of 100 pairs takes ${String(result.growth)} times as long as each of 50: that is not linear.`);
  process.exitCode = 1;
}
