import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { readReport } from '../../../engine/evidence/read-report.ts';
import { defaultReadingLimits } from '../../../engine/evidence/reading-limits.ts';
import { scanSources } from '../../../examples/shop/scan-sources.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shop-scan-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the engine reads out of the report of a scan of one file. */
async function found(text: string): Promise<Extract<EvidenceFact, { kind: 'findings' }>> {
  await writeFile(path.join(folder, 'orders.ts'), text);
  const report = await scanSources(folder, ['orders.ts']);
  const options = { format: 'sarif', suite: 'unit', phase: 'before', limits: defaultReadingLimits } as const;
  const [fact] = (await readReport(Readable.from([Buffer.from(report)]), options)).facts;
  if (fact?.kind !== 'findings') throw new Error('the scan has no findings');
  return fact;
}

describe('the scan of the sample', () => {
  it.each([
    ['critical', 'secret-in-source', "const password = 'correct-horse';"],
    ['high', 'code-from-text', 'eval(request.body);'],
    ['high', 'sql-from-text', 'await database.query<Row>(`select * from orders where id = ${request.id}`);'],
    ['high', 'unverified-tls', 'new Agent({ rejectUnauthorized: false });'],
    ['medium', 'starts-processes', "import { exec } from 'node:child_process';"],
  ] as const)('has one %s finding for %s', async (severity, rule, text) => {
    const fact = await found(`// line one\n${text}\n`);
    expect(fact).toMatchObject({ scanner: 'shop-scan', critical: 0, high: 0, medium: 0, low: 0, [severity]: 1 });
    expect(fact.items).toEqual([expect.objectContaining({ id: `${rule}:orders.ts`, severity })]);
  });

  it.each([
    'const password = settings.databasePassword;',
    'await database.query(`${selectOrders} where id = $1`, [id]);',
    'new Agent({ rejectUnauthorized: true });',
  ])('has nothing against %s', async (text) => {
    expect(await found(text)).toMatchObject({ critical: 0, high: 0, medium: 0, low: 0, items: [] });
  });

  it('is none when a file cannot be read', async () => {
    await expect(scanSources(folder, ['absent.ts'])).rejects.toThrow('ENOENT');
  });
});
