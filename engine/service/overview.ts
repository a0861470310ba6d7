import { authorizationMatrix, isAuthorized, type Command, type Scope } from '../authorization.ts';
import type { PathExplanation } from '../rules/explain-path.ts';
import type { Release } from '../release.ts';
import type { AuditEntryQuery } from '../store/audit-entry-store.ts';
import type { EnvironmentStanding, PromotionSummary } from '../store/overview-store.ts';
import type { PromotionFilter } from '../store/service-store.ts';
import type { Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { readAuditEntries, type AuditEntries } from './read-audit-entries.ts';
import { readCanary, type CanaryCourse } from './canary-course.ts';
import { readCompliance, type ComplianceReport } from './compliance.ts';
import type { ExportRequest } from './export-audit.ts';
import { readCourse, type Course, type CoursePlace } from './follow-course.ts';
import { readInbox, type Inbox } from './inbox.ts';
import {
  explainRules,
  judgeProposal,
  readRules,
  type ExplanationRequest,
  type JudgedProposal,
  type Proposal,
  type RulesInForce,
} from './look-at-rules.ts';
import { readMigrationProgress, type MigrationProgress } from './migration-progress.ts';
import { readMatrix, type Matrix, type MatrixRequest } from './matrix.ts';
import { pagePromotions, pagePromotionsWithSteps, type NamedPromotion, type PromotionPage } from './page-promotions.ts';
import { readPlanSince, type PlanSince } from './plan-since.ts';
import { readPipeline, type Pipeline } from './pipeline.ts';
import { readTrend, type StatisticsRequest, type Trend } from './read-statistics.ts';
import { listBadReleases } from './releases.ts';
import { readDetail, type PromotionDetail } from './read-detail.ts';
import { readStandings } from './read-promotions.ts';
import { seenPromotions, sightOf } from './seen-promotions.ts';
import type { ServiceContext } from './service-context.ts';
import type { Sharing } from './sharing.ts';

/** What pages show of many things at once; a part of the service, authorised like the rest of it. Reads only. */
export class Overview {
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Promotions with what their releases are called, newest first, a part at a time. @throws UnknownNameError */
  promotions(actor: Actor, filter: PromotionFilter): Promise<PromotionPage<PromotionSummary>> {
    return pagePromotions(this.#context, actor, filter);
  }

  /** The same, each promotion with its steps. @throws UnknownNameError */
  promotionsWithSteps(actor: Actor, filter: PromotionFilter): Promise<PromotionPage<NamedPromotion>> {
    return pagePromotionsWithSteps(this.#context, actor, filter);
  }

  /** What runs in each environment of an application, or of all, along their paths. @throws UnknownNameError */
  environments(actor: Actor, application: string | undefined): Promise<readonly EnvironmentStanding[]> {
    return readStandings(this.#context, actor, application);
  }

  /** What runs where, a row for each application, a part at a time. */
  matrix(actor: Actor, request: MatrixRequest, sharing?: Sharing): Promise<Matrix> {
    return readMatrix(this.#context, actor, request, sharing);
  }

  /** The way of an application's releases, with where each is and what may move. @throws UnknownNameError */
  pipeline(actor: Actor, application: string): Promise<Pipeline> {
    return readPipeline(this.#context, actor, application);
  }

  /** A promotion as it is, with what people had to do with it. */
  promotion(actor: Actor, promotionId: string): Promise<PromotionDetail> {
    return readDetail(this.#context, actor, promotionId);
  }

  /** A promotion as it is, and what came behind a place that somebody has followed it to. */
  course(actor: Actor, promotionId: string, after: CoursePlace, limit: number): Promise<Course> {
    return readCourse(this.#context, actor, promotionId, after, limit);
  }

  /** How a promotion's canary does beside what it follows; undefined: it goes without one. */
  canary(actor: Actor, promotionId: string): Promise<CanaryCourse | undefined> {
    return readCanary(this.#context, actor, promotionId);
  }

  /** How far a promotion's migrations have come, by statement. */
  migrations(actor: Actor, promotionId: string): Promise<MigrationProgress> {
    return readMigrationProgress(this.#context, actor, promotionId);
  }

  /** What has changed since somebody was shown a plan. @throws NotFoundError */
  planSince(actor: Actor, promotionId: string, hash: string): Promise<PlanSince> {
    return readPlanSince(this.#context, actor, promotionId, hash);
  }

  /** What somebody may see of all there is. */
  sight(actor: Actor): Promise<Sight> {
    return sightOf(this.#context, actor);
  }

  /** Of some promotions those that may be seen. */
  seenPromotions(sight: Sight, ids: readonly string[]): Promise<readonly string[]> {
    return seenPromotions(this.#context, sight, ids);
  }

  /** What waits for whoever asks. */
  inbox(actor: Actor, limit: number, sharing?: Sharing): Promise<Inbox> {
    return readInbox(this.#context, actor, limit, sharing);
  }

  /** Which commands somebody's roles let him give in a scope; what a promotion itself asks him for comes beside it. */
  async permissions(actor: Actor, scope: Scope): Promise<readonly Command[]> {
    this.#context.authorizer.requireIdentity(actor);
    const held = await this.#context.authorizer.rolesOf(actor, scope);
    return (Object.keys(authorizationMatrix) as Command[]).filter((command) => isAuthorized(held, command));
  }

  /** @throws NotAuthorizedError unless somebody may have the audit trail verified. */
  requireToVerifyAudit(actor: Actor): Promise<void> {
    return this.#context.authorizer.require(actor, 'verify-audit', { application: '*', environment: '*' });
  }

  /** Entries of the audit trail over all chains, newest first, a part at a time. @throws UnknownNameError */
  auditEntries(actor: Actor, query: AuditEntryQuery): Promise<AuditEntries> {
    return readAuditEntries(this.#context, actor, query);
  }

  /** How promotions were decided, for an auditor. @throws UnknownNameError */
  compliance(actor: Actor, request: Omit<ExportRequest, 'hasCompliance'>, limit: number): Promise<ComplianceReport> {
    return readCompliance(this.#context, actor, request, limit);
  }

  /** How promotions went, part by part of a time. @throws UnknownNameError */
  trend(actor: Actor, request: StatisticsRequest, sharing?: Sharing): Promise<Trend> {
    return readTrend(this.#context, actor, request, sharing);
  }

  /** Releases of every application that are never promoted, until somebody unmarks them; the newest mark first. */
  badReleases(actor: Actor): Promise<readonly Release[]> {
    return listBadReleases(this.#context, actor);
  }

  /** The rules that hold now. */
  rules(actor: Actor): Promise<RulesInForce> {
    return readRules(this.#context, actor);
  }

  /** What a path demands, in words. @throws UnclearRequestError, UnknownNameError */
  explain(actor: Actor, request: ExplanationRequest): Promise<PathExplanation> {
    return explainRules(this.#context, actor, request);
  }

  /** What other rules would have decided about what is stored. @throws UnknownNameError */
  judgeProposal(actor: Actor, proposal: Proposal): Promise<JudgedProposal> {
    return judgeProposal(this.#context, actor, proposal);
  }
}
