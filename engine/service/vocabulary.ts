// The words in which the service is asked and answers, for whoever uses it.

export { notMeasuredCode } from '../deployment/not-measured-error.ts';
export { badReleaseCode } from '../workflow/refuse-bad-release.ts';
export { NotAuthorizedError } from '../authorization.ts';
export { RulesFileError } from '../rules/rules-file-error.ts';
export {
  NewerEngineError,
  NotFoundError,
  NothingToDoError,
  RefusedError,
  UnclearRequestError,
  UnknownNameError,
  UnknownReleaseError,
} from './service-errors.ts';
export type { Adoption, AdoptionRequest } from './adopt-running.ts';
export type { PromotionView } from './read-promotions.ts';
export type { NamedPromotion, PromotionPage } from './page-promotions.ts';
export type { ListPlace } from '../store/list-place.ts';
export type { ApprovalDecision } from './decide-approval.ts';
export type { CompleteRequest, PartialRequest } from './complete-request.ts';
export type { PromotionRequest } from './admit-request.ts';
export type { AddedEvidence, EvidenceSubmission } from './add-evidence.ts';
export type { WaiverView } from './waivers.ts';
export { evidenceFormats, type EvidenceFormat } from '../evidence/formats.ts';
export type { Evidence, EvidenceFact } from '../evidence/evidence.ts';
export type { Assembly } from './assemble-release.ts';
export type { SourceLocations } from './locate-source.ts';
export type { ReleaseView } from './releases.ts';
export type { ChangesSince, StateAt } from './read-changes.ts';
export type { ConfigurationDiff, ConfigurationHistory } from './configuration-history.ts';
export type { ChangeOrigin } from '../store/change-store.ts';
export type { DeclaredFreeze, Hold } from '../schedule/schedule.ts';
export type { FreezeRequest } from './freeze.ts';
export type { HoldRequest } from './hold.ts';
export type { ComingFreeze, StandingClosure } from './standing-closures.ts';
export type { RetryOptions } from './retry-promotion.ts';
export type { RollbackPreview, RollbackQuestion } from './rollback-preview.ts';
export type { Revision } from './rollback-target.ts';
export type { RollbackCommand } from './rollback.ts';
export { actorText, namesWhere, roles, type Actor, type Role } from '../workflow/actor.ts';
export type { PeopleRecord } from './people-record.ts';
export type { TickRequest } from './tick-item.ts';
export type { StoredOpenItem } from '../store/open-item-store.ts';
export type { ItemStanding } from '../workflow/checklist.ts';
export type { Note } from '../workflow/step-queries.ts';
export type { RoleHolders } from './roles.ts';
export type { RoleBinding } from '../store/role-store.ts';
export type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
export type { ChainedEvent } from '../workflow/transition.ts';
export type { EnvironmentState, PromotionFilter, StoredLogLine } from '../store/service-store.ts';
export { releaseContentSchema, type Release } from '../release.ts';
export { testSuites } from '../rules/gate-schema.ts';
export { mayHaveChangedTarget, stepsToCompensate } from '../workflow/decide.ts';
export { instantText } from '../schedule/instant-text.ts';
export { describePromotion, type Standing } from '../workflow/describe-promotion.ts';
export { stepsCalled, stepTitle } from '../workflow/step-title.ts';
export { tellAdministration } from '../reports/tell-administration.ts';
export { tellEvent } from '../reports/tell-event.ts';
export { administrationChain } from '../store/administration-store.ts';
export type { StoredAuditEntry as AuditEntry } from '../store/audit-entry-store.ts';
export { missingApprovals } from '../workflow/missing-approvals.ts';
export { rollbackInstructions } from '../workflow/rollback-instructions.ts';
export { timeTakenMs } from '../workflow/time-taken.ts';
export { describeState, isEndState, promotionStates, type PromotionState } from '../workflow/state.ts';
export { errorCategories } from '../workflow/error-report.ts';
export { lanes, overrideKinds } from '../workflow/override.ts';
export { parkReasons, promotionKinds } from '../workflow/promotion.ts';
export type { EnvironmentReport, DatabaseReport } from '../inspection/inspect-environment.ts';
export type { ServiceReport } from '../inspection/inspect-service.ts';
export type { Compared } from '../inspection/compare-environments.ts';
export type { TableComparison } from '../inspection/compare-tables.ts';
export type { FlagDifference } from '../inspection/compare-flags.ts';
export type { ComparedEnvironments, ComparisonRequest, Readiness } from './compare.ts';
export type { PromotionForecast } from './forecast-promotion.ts';
export type { Measure } from '../metrics/service-levels.ts';
export type { TestEvent } from './test-environment.ts';
export { readinessParts, readinessScore, type ReadinessCheck } from '../verification/readiness.ts';
export { testCategories, type TestCategory, type TestResult } from '../environment-tests/environment-test.ts';
export type { Place } from './inspect.ts';
export type { ExportRequest } from './export-audit.ts';
export type { Pruned, PruneRequest } from './prune.ts';
export type { History } from './read-history.ts';
export { successRatio, type Statistics, type Trend } from './read-statistics.ts';
export { statisticsMetrics } from './statistics-metrics.ts';
export type { EndedPromotion } from '../store/history-store.ts';
export {
  trendBuckets,
  type PlaceStatistics,
  type PromotionStatistics,
  type Restorations,
} from '../store/statistics-store.ts';
export { outcomeName, outcomeNames, type OutcomeName } from '../workflow/outcome.ts';
export { renderReport } from '../reports/keep-report.ts';
export { renderSummary } from '../reports/render-markdown.ts';
export type { PromotionReport } from '../reports/promotion-report.ts';
export { keptEffects, undoneEffects } from '../reports/tell-effects.ts';
export type { ReplayDecision } from '../replay/replay-decision.ts';
export type { ReplayedPromotion, ReplayOfRules } from './replay-rules.ts';
export { sentenceOf } from '../wording/schema-sentence.ts';
export { describeBytes, formatBytes } from '../wording/format-bytes.ts';
export { formatDuration } from '../wording/format-duration.ts';
export { causeWithOriginal } from '../wording/cause-text.ts';
export { authorizationMatrix, commands, type Command } from '../authorization.ts';
export type { Course, CoursePlace } from './follow-course.ts';
export type { Asking } from './asked-of.ts';
export type { Inbox } from './inbox.ts';
export type { Matrix, MatrixPage, WaitsForYou } from './matrix.ts';
export type { Sharing } from './sharing.ts';
export type { EnvironmentStanding, PromotionSummary } from '../store/overview-store.ts';
export type { Pipeline, PipelinePath } from './pipeline.ts';
export { settableAside } from './may-set-aside.ts';
export type { JudgedProposal, RulesInForce } from './look-at-rules.ts';
export type { PathExplanation } from '../rules/explain-path.ts';
export { errorSeverities } from '../workflow/error-report.ts';
export type { Plan } from '../plan/plan.ts';
