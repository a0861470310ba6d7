import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { PromotionControlPlane } from '../../constructs/promotion-control-plane.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';

/**
 * CPU time of synthesising pairs, each in a stack of its own on one control plane, imports left out.
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

const rows = [1, 10, 50, 100].map((pairs) => ({ pairs, cpuSeconds: synthesise(pairs) }));
await rm(folder, { recursive: true, force: true });
for (const { pairs, cpuSeconds } of rows) {
  console.log(
    `${String(pairs).padStart(4)} pairs  ${cpuSeconds.toFixed(2)} CPU s  ${(cpuSeconds / pairs).toFixed(3)} a pair`,
  );
}
const one = rows.find(({ pairs }) => pairs === 1)?.cpuSeconds ?? Number.POSITIVE_INFINITY;
if (one > 1) {
  console.error('One pair takes more than one CPU-second.');
  process.exitCode = 1;
}
