import { createHash } from 'node:crypto';
import type { Actor } from '../workflow/actor.ts';
import type { AuditFinding } from './audit-finding.ts';
import {
  exportLineSchema,
  isUnlimited,
  type ExportEnd,
  type ExportLine,
  type ExportManifest,
  type ExportScope,
} from './export-format.ts';
import type { HashedEntry } from './hash-chain.ts';
import type { StoredHead } from './head-store.ts';
import { verifyDocument } from './signed-document.ts';
import type { AuditVerificationKey } from './signed-heads.ts';
import { verifyAudit, type AuditChain, type AuditReport } from './verify-audit.ts';

export interface ExportVerification extends AuditReport {
  /** What the export says that it was asked to hold; undefined: it does not say. */
  readonly scope: ExportScope | undefined;
  readonly exportedAt: string | undefined;
  readonly exportedBy: string | undefined;
}

/** The lines of an export, without their ends; each call reads it from its beginning. */
export type ExportReader = () => AsyncIterable<string>;

/**
 * Verifies an export by itself, with nothing but the public key: every chain, what was signed about it, and that the whole
 * is what was written. Names what was edited, removed, moved or cut off.
 */
export async function verifyExport(
  read: ExportReader,
  keys: readonly AuditVerificationKey[],
): Promise<ExportVerification> {
  const frame = await readFrame(read, keys);
  const { header, manifests, end } = frame;
  const held = new Set(manifests.flatMap(({ chains }) => chains.map(({ promotionId }) => promotionId)));
  const isWhole = header !== undefined && isUnlimited(header.scope);
  const report = await verifyAudit(chainsOf(read), { readAll: () => headsOf(read) }, keys, {
    vouched: manifests.map(({ at, chains }) => ({ at, entries: chains })),
    isExpected: (promotionId) => isWhole || held.has(promotionId),
  });
  const findings = [...frame.findings, ...report.findings, ...endFindings(frame, report, end)];
  return { ...report, findings, scope: header?.scope, exportedAt: header?.at, exportedBy: header?.by };
}

interface Frame {
  readonly header: Extract<ExportLine, { kind: 'header' }> | undefined;
  readonly manifests: readonly ExportManifest[];
  readonly end: ExportEnd | undefined;
  /** Of what stands before the end. */
  readonly lines: number;
  readonly sha256: string;
  readonly findings: readonly AuditFinding[];
}

/** What frames the chains: header, manifests and the signed end, and everything that is no line of an export. */
async function readFrame(read: ExportReader, keys: readonly AuditVerificationKey[]): Promise<Frame> {
  const findings: AuditFinding[] = [];
  const manifests: ExportManifest[] = [];
  const digest = createHash('sha256');
  let header: Frame['header'];
  let end: ExportEnd | undefined;
  let lines = 0;
  let number = 0;
  for await (const text of read()) {
    number += 1;
    const line = parseLine(text);
    if (line === undefined)
      findings.push(about(`line ${String(number)} is no line of an export: it was edited or cut off`));
    if (end !== undefined) findings.push(about(`line ${String(number)} stands behind the end of the export`));
    if (line?.kind === 'end') {
      end ??= line;
      continue;
    }
    digest.update(`${text}\n`);
    lines += 1;
    if (line?.kind === 'header') header ??= line;
    if (line?.kind === 'manifest') {
      const { kind: _, ...document } = line;
      const verdict = verifyDocument(document, keys);
      if (verdict === 'genuine') manifests.push(line);
      else findings.push(about(`the manifest in line ${String(number)} has ${saying(verdict, line.keyId)}`));
    }
  }
  if (header === undefined) findings.push(about('the export has no header: its beginning was cut off'));
  for (const manifest of manifests) {
    if (header !== undefined && manifest.exportId !== header.exportId) {
      findings.push(about(`the manifest of ${manifest.at} belongs to another export`));
    }
  }
  if (end !== undefined) findings.push(...signatureFindings(end, keys));
  return { header, manifests, end, lines, sha256: digest.digest('hex'), findings };
}

function signatureFindings(end: ExportEnd, keys: readonly AuditVerificationKey[]): readonly AuditFinding[] {
  const { kind: _, ...document } = end;
  const verdict = verifyDocument(document, keys);
  return verdict === 'genuine' ? [] : [about(`the end of the export has ${saying(verdict, end.keyId)}`)];
}

function endFindings(
  { header, lines, sha256 }: Frame,
  { chains, entries }: AuditReport,
  end: ExportEnd | undefined,
): readonly AuditFinding[] {
  if (end === undefined) return [about('the export is cut: its signed last line is missing')];
  const findings: AuditFinding[] = [];
  if (header !== undefined && end.exportId !== header.exportId)
    findings.push(about('the end belongs to another export'));
  if (end.lines !== lines)
    findings.push(about(`${counted(end.lines, 'line')} were written, and ${String(lines)} are here`));
  if (end.chains !== chains || end.entries !== entries) {
    findings.push(
      about(
        `${counted(end.chains, 'chain')} and ${String(end.entries)} entries were exported; ${String(chains)} and ${String(entries)} are here`,
      ),
    );
  }
  if (end.sha256 !== sha256) findings.push(about('the export is not what was written: its SHA-256 is another'));
  return findings;
}

async function* headsOf(read: ExportReader): AsyncGenerator<StoredHead> {
  for await (const text of read()) {
    const line = parseLine(text);
    if (line?.kind === 'head') yield { name: line.name, content: line.content };
  }
}

/** Chains as they stand in the export: entries of one promotion behind each other. */
async function* chainsOf(read: ExportReader): AsyncGenerator<AuditChain> {
  let promotionId: string | undefined;
  let events: HashedEntry[] = [];
  for await (const text of read()) {
    const line = parseLine(text);
    if (line?.kind !== 'entry') continue;
    if (line.promotionId !== promotionId) {
      if (promotionId !== undefined) yield { promotionId, events };
      ({ promotionId } = line);
      events = [];
    }
    const { kind: _, promotionId: __, at, actor, ...entry } = line;
    events.push({ ...entry, at: new Date(at), actor: actor as unknown as Actor });
  }
  if (promotionId !== undefined) yield { promotionId, events };
}

function parseLine(text: string): ExportLine | undefined {
  try {
    return exportLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function about(problem: string): AuditFinding {
  return { promotionId: '*', problem };
}

function saying(verdict: 'unknown key' | 'bad signature', keyId: string): string {
  return verdict === 'unknown key' ? `the unknown key ${keyId}` : `a signature that is not ${keyId}’s`;
}

function counted(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? '' : 's'}`;
}
