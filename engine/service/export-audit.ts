import type { ExportedChain } from '../audit/export-lines.ts';
import type { ExportScope } from '../audit/export-format.ts';
import { complianceRecord, type ComplianceRecord } from '../reports/compliance-record.ts';
import { ComplianceSummary } from '../reports/compliance-summary.ts';
import { administrationChain } from '../store/administration-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { knownApplication, knownEnvironment, namedPlace } from './known-names.ts';
import { readReport } from './read-report.ts';
import type { ServiceContext } from './service-context.ts';

export interface ExportRequest {
  readonly application?: string | undefined;
  /** The target, by name or alias. */
  readonly environment?: string | undefined;
  /** Promotions that had not ended by then. */
  readonly since?: Date | undefined;
  /** Promotions that had been asked for by then. */
  readonly until?: Date | undefined;
  /** Adds the six groups of the image guide, of each promotion, and a summary of all. */
  readonly hasCompliance: boolean;
}

/** A chain, with what auditors ask about its promotion when that was asked for. */
export interface ExtractedChain extends ExportedChain {
  readonly compliance: ComplianceRecord | undefined;
}

/** What an export holds, before it is signed. */
export interface AuditExtract {
  readonly at: Date;
  readonly by: string;
  readonly scope: ExportScope;
  /** Read once. */
  readonly chains: AsyncIterable<ExtractedChain>;
  /** Of the chains that were read so far; undefined: none was asked for. */
  readonly summary: () => object | undefined;
}

/** The chains of an export, whole ones only. @throws UnknownNameError */
export async function extractAudit(
  context: ServiceContext,
  actor: Actor,
  request: ExportRequest,
): Promise<AuditExtract> {
  const { since, until, hasCompliance } = request;
  await context.authorizer.require(actor, 'export-audit', await namedPlace(context, request));
  const application =
    request.application === undefined ? undefined : await knownApplication(context, request.application);
  const environment =
    request.environment === undefined ? undefined : await knownEnvironment(context, request.environment);
  const summary = hasCompliance ? new ComplianceSummary() : undefined;
  return {
    at: context.clock.now(),
    by: actor.id,
    scope: {
      application: application ?? null,
      environment: environment ?? null,
      since: since?.toISOString() ?? null,
      until: until?.toISOString() ?? null,
      hasCompliance,
    },
    chains: chainsOf(context, { application, environment, since, until }, summary),
    summary: () => summary?.told(),
  };
}

async function* chainsOf(
  context: ServiceContext,
  filter: Parameters<ServiceContext['store']['chains']>[0],
  summary: ComplianceSummary | undefined,
): AsyncGenerator<ExtractedChain, void, undefined> {
  for await (const { promotionId, events } of context.store.chains(filter)) {
    const compliance = summary === undefined ? undefined : await complianceOf(context, promotionId);
    if (compliance !== undefined) summary?.add(compliance);
    yield { promotionId, events, compliance };
  }
}

async function complianceOf(context: ServiceContext, promotionId: string): Promise<ComplianceRecord | undefined> {
  if (promotionId === administrationChain) return undefined;
  const promotion = await context.store.load(promotionId);
  return promotion === undefined ? undefined : complianceRecord(await readReport(context, promotion));
}
