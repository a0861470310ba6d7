import { jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localAuditFiles } from '../../../cli/compose/audit-files.ts';
import { LocalAudit } from '../../../cli/compose/local-audit.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { SetupError } from '../../../cli/setup-error.ts';
import { UsageError } from '../../../cli/usage-error.ts';
import { extractAudit, type ExportRequest } from '../../../engine/service/export-audit.ts';
import { prune } from '../../../engine/service/prune.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import { TamperingSuperuser } from '../../local/tampered-audit.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { admin, promoter, rulesText, ServiceDesk, viewer } from '../../engine/service/service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
let home: string;
let url: string;
let folders: LocalFolders;
let audit: LocalAudit;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'audit-files-'));
  folders = new LocalFolders(home);
  const ports = { ...unreachablePorts, documents: new FolderDocumentStore(folders.documents) };
  url = await server.createDatabase();
  desk = await ServiceDesk.open(url, rulesText(), ports);
  audit = new LocalAudit(folders, desk.store, desk.clock);
});
afterEach(async () => {
  await desk.close();
  await rm(home, { recursive: true, force: true });
});

const secret = 'ghp_0123456789abcdefghij';

async function ended(environment: 'qa' | 'staging' = 'qa'): Promise<string> {
  if (environment === 'staging') await desk.service.adopt({ ...admin, roles: ['operator'] }, 'shop', 'qa', 'v2');
  const id = await desk.run({ to: environment, isAgain: true, reason: `with ${secret} and \u2028 a separator` });
  await desk.service.note(promoter, id, `the token=${secret} was rotated`);
  await desk.change(id, (draft) => {
    draft.moveTo('CANCELLED', engineActor);
  });
  return id;
}

async function exported(request: Partial<ExportRequest> = {}): Promise<string> {
  const extract = await extractAudit(desk.context, viewer, { hasCompliance: false, ...request });
  let text = '';
  for await (const line of audit.export(extract)) text += line;
  const file = join(home, `export-${String(text.length)}.jsonl`);
  await writeFile(file, text);
  return file;
}
const chainsIn = async (file: string): Promise<readonly string[]> => {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { readonly kind: string; readonly promotionId: string });
  return [...new Set(entries.filter(({ kind }) => kind === 'entry').map(({ promotionId }) => promotionId))].toSorted();
};
const verify = (file: string, keyFile?: string) => localAuditFiles(folders).verifyExport(file, keyFile);

describe('an export of this installation', () => {
  it('is verified by its file alone, with the key of the installation or a copy of the public one', async () => {
    const id = await ended();
    const file = await exported({ hasCompliance: true });
    expect(await verify(file)).toMatchObject({ findings: [], chains: 2, exportedBy: viewer.id });
    expect(await chainsIn(file)).toEqual(['administration', id].toSorted());
    const publicKey = join(home, 'audit.pem');
    await writeFile(publicKey, (await localAuditFiles(folders).publicKey())?.pem ?? '');
    const elsewhere = localAuditFiles(new LocalFolders(join(home, 'elsewhere')));
    expect((await elsewhere.verifyExport(file, publicKey)).findings).toEqual([]);
    expect(await elsewhere.publicKey()).toBeUndefined();
    await expect(elsewhere.verifyExport(file, undefined)).rejects.toThrow(SetupError);
    await expect(elsewhere.verifyExport(file, file)).rejects.toThrow(UsageError);
    await expect(elsewhere.verifyExport(join(home, 'nothing'), publicKey)).rejects.toThrow('cannot be read');
  });

  it('holds no secret that somebody typed', async () => {
    await ended();
    const text = await readFile(await exported({ hasCompliance: true }), 'utf8');
    expect(text).toContain('was rotated');
    expect(text).not.toContain(secret);
  });

  it('has the six groups of each promotion and a summary only when they are asked for', async () => {
    const id = await ended();
    const plain = await readFile(await exported(), 'utf8');
    expect(plain).not.toContain('"kind":"compliance"');
    const lines = (await readFile(await exported({ hasCompliance: true }), 'utf8')).trimEnd().split('\n');
    const documents = lines.map((line) => JSON.parse(line) as { readonly kind: string });
    const groups = ['workflowMetadata', 'imageInformation', 'validationResults', 'approvalRecords', 'errorDetails'];
    expect(documents.find(({ kind }) => kind === 'compliance')).toMatchObject({ promotionId: id });
    expect(Object.keys(documents.find(({ kind }) => kind === 'compliance') ?? {})).toEqual(
      expect.arrayContaining([...groups, 'performanceMetrics']),
    );
    expect(documents.find(({ kind }) => kind === 'summary')).toMatchObject({
      promotions: 1,
      byOutcome: { CANCELLED: 1 },
    });
  });

  it('holds whole chains of what it was limited to, and proves itself all the same', async () => {
    const old = await ended();
    desk.clock.advance(3600);
    const between = desk.clock.now();
    desk.clock.advance(3600);
    const young = await ended('staging');
    const parts = [
      [{ environment: 'qa' }, [old]],
      [{ application: 'shop' }, [old, young]],
      [{ application: 'shop', since: between }, [young]],
      [{ application: 'shop', until: between }, [old]],
    ] as const;
    for (const [request, ids] of parts) {
      const file = await exported(request);
      expect(await chainsIn(file)).toEqual(ids.toSorted());
      expect((await verify(file)).findings).toEqual([]);
    }
  });

  it('says what is missing when it was cut or turned into other line ends on its way', async () => {
    await ended();
    const file = await exported();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -30));
    expect((await verify(file)).findings.map(({ problem }) => problem).join('\n')).toContain('the export is cut');
    await writeFile(file, text.replaceAll('\n', '\r\n'));
    expect((await verify(file)).findings.map(({ problem }) => problem)).toEqual([
      'the export is not what was written: its SHA-256 is another',
    ]);
  });

  it('names what somebody changed in the database before it was made', async () => {
    const id = await ended();
    await audit.sign();
    const superuser = new TamperingSuperuser(url);
    await superuser.connect();
    await superuser.query(`update event set data = '{"text":"never"}' where promotion_id = $1 and type = 'note'`, [id]);
    await superuser.recompute(id);
    await superuser.end();
    const { findings } = await verify(await exported());
    expect(findings.map(({ promotionId }) => promotionId)).toContain(id);
    expect(findings.map(({ problem }) => problem).join('\n')).toContain('rewritten');
  });

  it('explains what was pruned before it was made, as the trail itself does', async () => {
    await ended();
    await audit.sign();
    desk.clock.advance(366 * 86_400);
    await ended('staging');
    await prune(desk.context, admin, { chainsOlderThanDays: 365, isDryRun: false }, audit);
    expect(await verify(await exported())).toMatchObject({ findings: [], pruned: 1 });
    expect(await audit.verify(desk.store.chains())).toMatchObject({ findings: [], pruned: 1 });
  });
});
