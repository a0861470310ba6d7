import { z } from '@hono/zod-openapi';
import { command, query } from '../endpoint/endpoint.ts';
import { ProblemError } from '../problems/problem.ts';
import { askedInstant, instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';

export const showAudit = query({
  path: '/api/audit',
  tag: 'Audit',
  name: 'show audit',
  asks: 'verify-audit',
  summary: 'Says whether the audit trail holds: every chain, against what was signed about it outside the database.',
  answer: z
    .strictObject({
      verified: z
        .strictObject({
          at: instant,
          holds: z.boolean(),
          chains: z.int(),
          entries: z.int(),
          pruned: z.int().openapi({ description: 'Chains that are gone because their time was over.' }),
          signedUpTo: instant.nullable(),
          findings: z.array(z.strictObject({ promotionId: z.string(), seq: z.int().nullable(), problem: z.string() })),
        })
        .nullable()
        .openapi({ description: 'Null while it is verified for the first time: ask again in a moment.' }),
    })
    .openapi('AuditStatus'),
  async handle({ service, audit }, { actor }) {
    await service.overview.requireToVerifyAudit(actor);
    const verified = await audit.desk.verified(actor);
    if (verified === undefined) return { verified: null };
    const { at, findings, chains, entries, pruned, signedUpTo } = verified;
    return {
      verified: {
        at,
        holds: findings.length === 0,
        chains,
        entries,
        pruned,
        signedUpTo: signedUpTo ?? null,
        findings: findings.map(({ promotionId, seq, problem }) => ({ promotionId, seq: seq ?? null, problem })),
      },
    };
  },
});

export const exportScope = {
  application: word.optional(),
  environment: word.optional().openapi({ description: 'The target, by name or alias.' }),
  since: askedInstant.optional().openapi({ description: 'Promotions that had not ended by then.' }),
  until: askedInstant.optional().openapi({ description: 'Promotions that had been asked for by then.' }),
};

const counts = z.record(z.string(), z.int());
/** More are exported, and read elsewhere. */
const mostReported = 2000;
const reported = z.coerce.number().int().min(1).max(mostReported).default(mostReported);

export const showCompliance = query({
  path: '/api/audit/compliance',
  tag: 'Audit',
  name: 'show compliance',
  asks: 'export-audit',
  summary:
    'Reports for an auditor how promotions were decided: who asked, who approved, what was set aside, how each ended.',
  query: z.strictObject({ ...exportScope, limit: reported.openapi({ description: 'How many promotions at most.' }) }),
  answer: z
    .strictObject({
      at: instant,
      by: z.string(),
      scope: z.strictObject({
        application: z.string().nullable(),
        environment: z.string().nullable(),
        since: instant.nullable(),
        until: instant.nullable(),
      }),
      summary: z.strictObject({
        promotions: z.int(),
        firstRequestedAt: z.string().nullable(),
        lastRequestedAt: z.string().nullable(),
        byOutcome: counts,
        byApplication: counts,
        approvals: counts,
        succeededWithoutApproval: z.int(),
        overrides: counts,
        failedChecks: counts,
        errorsBySeverity: counts,
      }),
      promotions: z.array(
        z.strictObject({
          id: z.string(),
          application: z.string(),
          release: z.string(),
          from: z.string(),
          to: z.string(),
          requestedBy: z.string(),
          reason: z.string().nullable(),
          requestedAt: z.string(),
          endedAt: z.string().nullable(),
          outcome: z.string(),
          approvedBy: z.array(z.string()),
          setAside: z.array(z.strictObject({ kind: z.string(), by: z.string(), reason: z.string() })),
          failedChecks: z.array(z.string()),
          head: z.string().openapi({ description: 'The hash of the last entry of its chain.' }),
        }),
      ),
      isCut: z.boolean(),
    })
    .openapi('Compliance'),
  async handle({ service }, { actor, query: { limit, ...asked } }) {
    const report = await service.overview.compliance(actor, asked, limit);
    const { application, environment, since, until } = report.scope;
    return {
      at: report.at,
      by: report.by,
      scope: { application, environment, since, until },
      summary: report.summary,
      promotions: report.records.map(({ record, head }) => {
        const { workflowMetadata: about, approvalRecords, validationResults } = record;
        return {
          id: record.promotionId,
          application: about.application,
          release: about.release,
          from: about.from,
          to: about.to,
          requestedBy: about.actor,
          reason: about.reason,
          requestedAt: about.requestedAt,
          endedAt: about.endedAt,
          outcome: about.outcome,
          approvedBy: approvalRecords.votes.filter(({ decision }) => decision === 'approved').map(({ by }) => by),
          setAside: approvalRecords.setAside.map(({ kind, by, reason }) => ({ kind, by, reason })),
          failedChecks: validationResults.checks.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check),
          head,
        };
      }),
      isCut: report.isCut,
    };
  },
});

export const showAuditKey = query({
  path: '/api/audit/key',
  tag: 'Audit',
  name: 'show audit key',
  asks: 'verify-audit',
  summary: 'Gives the public key that signatures of this installation are checked with, to be kept elsewhere.',
  answer: z.strictObject({ keyId: z.string(), pem: z.string() }).openapi('AuditKey'),
  async handle({ service, audit }, { actor }) {
    await service.overview.requireToVerifyAudit(actor);
    const key = await audit.keeping.publicKey();
    if (key !== undefined) return { keyId: key.keyId, pem: key.pem };
    throw new ProblemError('not-found', 'nothing was signed here yet, so there is no key', {
      remedy: 'promote something, then ask again',
    });
  },
});

const days = z.int().min(1).max(36_500);

export const pruneAudit = command({
  path: '/api/audit/prune',
  tag: 'Audit',
  name: 'prune audit',
  asks: 'prune-audit',
  summary:
    'Removes promotions that ended long ago with their whole chains, behind a signed checkpoint, or the lines of their steps; with `isDryRun` says what it would.',
  body: z
    .strictObject({
      chainsOlderThanDays: days.optional().openapi({ description: 'Not less than the rules keep them.' }),
      logsOlderThanDays: days.optional(),
      isDryRun: z.boolean().default(true),
    })
    .refine(({ chainsOlderThanDays, logsOlderThanDays }) => (chainsOlderThanDays ?? logsOlderThanDays) !== undefined, {
      error: 'says how old at least what is removed is',
    })
    .openapi('PruneRequest'),
  answer: z
    .strictObject({
      isRemoved: z.boolean(),
      chains: z.array(
        z.strictObject({
          promotion: z.string(),
          application: z.string(),
          environment: z.string(),
          entries: z.int(),
        }),
      ),
      kept: z.int().openapi({ description: 'As old, and still needed.' }),
      logs: z.strictObject({ promotions: z.int(), lines: z.int() }).nullable(),
    })
    .openapi('Pruned'),
  async handle({ audit }, { actor, body }) {
    const { chains, kept, logs } = await audit.keeping.prune(actor, body);
    return {
      isRemoved: !body.isDryRun,
      chains: chains.map(({ promotionId, application, environment, seq }) => {
        return { promotion: promotionId, application, environment, entries: seq };
      }),
      kept,
      logs: logs ?? null,
    };
  },
});
