import type { AuditKeeper } from './audit/audit-keeper.ts';
import type { Command, Scope } from './authorization.ts';
import type { EnvironmentReport } from './inspection/inspect-environment.ts';
import type { Release } from './release.ts';
import { addEvidence, type AddedEvidence, type EvidenceSubmission } from './service/add-evidence.ts';
import { adoptRunning, type Adoption, type AdoptionRequest } from './service/adopt-running.ts';
import { assembleRelease, type Assembly, type AssemblyRequest } from './service/assemble-release.ts';
import { compare, type ComparedEnvironments, type ComparisonRequest } from './service/compare.ts';
import { completeRequest, type CompleteRequest, type PartialRequest } from './service/complete-request.ts';
import { adoptDeployed } from './service/adopt-deployed.ts';
import { decideApproval, type ApprovalDecision } from './service/decide-approval.ts';
import { inspect, type Place } from './service/inspect.ts';
import { readChangesSince, readStateAt, type ChangesRequest, type ChangesSpan } from './service/read-changes.ts';
import {
  findNewestPromotion,
  listPromotions,
  listRevisions,
  loadToRead,
  readEnvironments,
  readEvents,
  readLogs,
  viewPromotion,
  type PromotionView,
} from './service/read-promotions.ts';
import { resumeAutoPromotion } from './service/auto-promotion-pause.ts';
import { declareFreeze, liftFreeze, readFreezes, type FreezeRequest } from './service/freeze.ts';
import { holdEnvironment, releaseEnvironment, type HoldRequest } from './service/hold.ts';
import { readClosures, type StandingClosure } from './service/standing-closures.ts';
import type { PromotionRequest } from './service/admit-request.ts';
import { requestPromotion } from './service/request-promotion.ts';
import { retryPromotion, type RetryOptions } from './service/retry-promotion.ts';
import { locateSource, type SourceLocations } from './service/locate-source.ts';
import {
  createRelease,
  judgeRelease,
  listReleases,
  viewRelease,
  type CollectedFact,
  type ReleaseDraft,
  type ReleaseView,
} from './service/releases.ts';
import { bindRole, listRoles, unbindRole, type RoleHolders } from './service/roles.ts';
import { noteDown } from './service/note.ts';
import { Overview } from './service/overview.ts';
import { recordClockMove, type ClockMove } from './service/record-clock-move.ts';
import { closeItem, listOpenItems } from './service/open-items.ts';
import { readPeopleRecord, type PeopleRecord } from './service/people-record.ts';
import { extractAudit, type AuditExtract, type ExportRequest } from './service/export-audit.ts';
import { prune, type Pruned, type PruneRequest } from './service/prune.ts';
import { readHistory, type History, type HistoryRequest } from './service/read-history.ts';
import { readReport } from './service/read-report.ts';
import { replayRules, type ReplayOfRules, type ReplayRequest } from './service/replay-rules.ts';
import { readStatistics, type StatisticsRequest } from './service/read-statistics.ts';
import type { ServiceContext } from './service/service-context.ts';
import { tickItem, type TickRequest } from './service/tick-item.ts';
import { testEnvironment, type TestEvent, type TestRequest } from './service/test-environment.ts';
import type { ChangesSince, Sharing, StateAt, Statistics } from './service/vocabulary.ts';
import { listWaivers, revokeWaiver, waive, type WaiveRequest, type WaiverView } from './service/waivers.ts';
import type { DeclaredFreeze, Hold } from './schedule/schedule.ts';
import {
  compareConfiguration,
  readConfigurationHistory,
  type ConfigurationDiff,
  type ConfigurationDiffRequest,
  type ConfigurationHistory,
  type ConfigurationHistoryRequest,
} from './service/configuration-history.ts';
import { confirmRollback } from './service/confirm-rollback.ts';
import { previewRollback, type RollbackPreview, type RollbackQuestion } from './service/rollback-preview.ts';
import type { Revision } from './service/rollback-target.ts';
import { rollBack, type RollbackCommand } from './service/rollback.ts';
import { cancelPromotion } from './service/turn-round.ts';
import type { OpenItemFilter, StoredOpenItem } from './store/open-item-store.ts';
import type { RoleBinding } from './store/role-store.ts';
import type { EnvironmentState, PromotionFilter, StoredLogLine } from './store/service-store.ts';
import type { Actor } from './workflow/actor.ts';
import type { ItemStanding } from './workflow/checklist.ts';
import type { PromotionRecord } from './workflow/promotion.ts';
import type { PromotionReport } from './reports/promotion-report.ts';
import type { Note } from './workflow/step-queries.ts';
import type { ChainedEvent } from './workflow/transition.ts';

export * from './service/vocabulary.ts';

const everywhere: Scope = { application: '*', environment: '*' };

/**
 * The only door to the engine: the CLI, the UI and the cloud call this, each command with an Actor, and every command
 * is authorised here (design, section 2).
 * @throws NotAuthorizedError, NotFoundError, RefusedError, NewerEngineError
 */
export class PromotionService {
  /** What pages show of many things at once. */
  readonly overview: Pick<Overview, keyof Overview>;
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.overview = new Overview(context);
  }

  /** @returns the id of the promotion, which runs by itself from here. */
  run(actor: Actor, request: PromotionRequest): Promise<string> {
    return requestPromotion(this.#context, actor, request);
  }

  /** What somebody can only have meant by what they left out. @throws UnclearRequestError, UnknownNameError */
  completeRequest(actor: Actor, partial: PartialRequest): Promise<CompleteRequest> {
    return completeRequest(this.#context, actor, partial);
  }

  decide(actor: Actor, decision: ApprovalDecision): Promise<PromotionRecord> {
    return decideApproval(this.#context, actor, decision);
  }

  /** Ticks an item of a promotion's checklist in the actor's name. */
  tick(actor: Actor, request: TickRequest): Promise<ItemStanding> {
    return tickItem(this.#context, actor, request);
  }

  /** Writes into a promotion's audit trail what somebody did or saw. */
  note(actor: Actor, promotionId: string, text: string, idempotencyKey?: string): Promise<Note> {
    return noteDown(this.#context, actor, { promotionId, text, idempotencyKey });
  }

  /** What was left to be done after promotions and was not yet. */
  openItems(actor: Actor, filter: OpenItemFilter): Promise<readonly StoredOpenItem[]> {
    return listOpenItems(this.#context, actor, filter);
  }

  /** Says that something that was left to do is done. */
  closeItem(actor: Actor, itemId: string, note: string): Promise<StoredOpenItem> {
    return closeItem(this.#context, actor, itemId, note);
  }

  /** What people had to do with a promotion. */
  async people(actor: Actor, promotionId: string): Promise<PeopleRecord> {
    return readPeopleRecord(this.#context, await this.#loadToRead(actor, promotionId));
  }

  /** What happened to a promotion, so far or altogether: the same whenever it is asked for. */
  async report(actor: Actor, promotionId: string): Promise<PromotionReport> {
    return readReport(this.#context, await this.#loadToRead(actor, promotionId));
  }

  /** What is over, the newest end first, with what it changed and who was behind it. @throws UnknownNameError */
  history(actor: Actor, request: HistoryRequest): Promise<History> {
    return readHistory(this.#context, actor, request);
  }

  /** How promotions went, counted; by itself, unless what was counted for others is shared. @throws UnknownNameError */
  statistics(actor: Actor, request: StatisticsRequest, sharing?: Sharing): Promise<Statistics> {
    return readStatistics(this.#context, actor, request, sharing);
  }

  /** Which stored promotions other rules would have decided otherwise. Reads only. @throws UnknownNameError */
  replay(actor: Actor, request: ReplayRequest): Promise<ReplayOfRules> {
    return replayRules(this.#context, actor, request);
  }

  cancel(actor: Actor, promotionId: string, reason: string): Promise<PromotionRecord> {
    return cancelPromotion(this.#context, actor, promotionId, reason);
  }

  retry(actor: Actor, promotionId: string, options: RetryOptions = {}): Promise<PromotionRecord> {
    return retryPromotion(this.#context, actor, promotionId, options);
  }

  /** What a rollback will do and what it will lose, before anything runs. */
  async previewRollback(actor: Actor, question: RollbackQuestion): Promise<RollbackPreview> {
    await this.#loadToRead(actor, question.promotionId);
    return previewRollback(this.#context, question);
  }

  /** Everything that ran in an environment, newest first, each with whether it can be returned to. */
  revisions(actor: Actor, application: string, environment: string): Promise<readonly Revision[]> {
    return listRevisions(this.#context, actor, application, environment);
  }

  /** Takes a person's word that a promotion was taken back by hand; what runs is then verified. */
  confirmRollback(actor: Actor, promotionId: string): Promise<PromotionRecord> {
    return confirmRollback(this.#context, actor, promotionId);
  }

  /** @returns the id of the promotion that takes it back: the same one while it runs, else a new one. */
  rollBack(actor: Actor, command: RollbackCommand): Promise<string> {
    return rollBack(this.#context, actor, command);
  }

  /** Says that the clock of this installation is about to be moved forward. */
  recordClockMove(actor: Actor, move: ClockMove): Promise<void> {
    return recordClockMove(this.#context, actor, move);
  }

  /** Pins an environment to its release until it is released, or until a time. */
  hold(actor: Actor, request: HoldRequest): Promise<Hold> {
    return holdEnvironment(this.#context, actor, request);
  }

  unhold(actor: Actor, place: { readonly application: string; readonly environment: string }): Promise<void> {
    return releaseEnvironment(this.#context, actor, place);
  }

  declareFreeze(actor: Actor, request: FreezeRequest): Promise<DeclaredFreeze> {
    return declareFreeze(this.#context, actor, request);
  }

  /** @param name of a declared freeze. */
  liftFreeze(actor: Actor, name: string): Promise<DeclaredFreeze> {
    return liftFreeze(this.#context, actor, name);
  }

  /** Declared freezes that are not over, by their beginning. */
  freezes(actor: Actor): Promise<readonly DeclaredFreeze[]> {
    return readFreezes(this.#context, actor);
  }

  /** Lets verified releases move on by themselves again after a rollback. */
  resumeAutoPromotion(
    actor: Actor,
    place: { readonly application: string; readonly environment: string },
  ): Promise<{ readonly application: string; readonly environment: string }> {
    return resumeAutoPromotion(this.#context, actor, place);
  }

  /** Every hold and freeze that keeps something closed at this moment, of people and of the rules. */
  closures(actor: Actor, application?: string): Promise<readonly StandingClosure[]> {
    return readClosures(this.#context, actor, application);
  }

  /** The newest promotion that changed an environment, which is the one that a rollback takes back. */
  newestPromotion(
    actor: Actor,
    application: string,
    environment: string,
    to?: RollbackCommand['to'],
  ): Promise<PromotionRecord> {
    return findNewestPromotion(this.#context, actor, application, environment, to);
  }

  view(actor: Actor, promotionId: string): Promise<PromotionView> {
    return viewPromotion(this.#context, actor, promotionId);
  }

  /** @throws UnknownNameError for an application or environment that there is not; aliases are understood. */
  list(actor: Actor, filter: PromotionFilter): Promise<readonly PromotionRecord[]> {
    return listPromotions(this.#context, actor, filter);
  }

  /** @throws UnknownNameError */
  environments(actor: Actor, application?: string): Promise<readonly EnvironmentState[]> {
    return readEnvironments(this.#context, actor, application);
  }

  /** How an application does in an environment now, found out there and not remembered. */
  inspect(actor: Actor, place: Place, signal: AbortSignal): Promise<EnvironmentReport> {
    return inspect(this.#context, actor, place, signal);
  }

  /** Two environments beside each other, how ready the first one is for the second, and what promoting would change. */
  compare(actor: Actor, request: ComparisonRequest, signal: AbortSignal): Promise<ComparedEnvironments> {
    return compare(this.#context, actor, request, signal);
  }

  /** Tests an environment by what the rules say of it; each result is told as it comes. */
  testEnvironment(actor: Actor, request: TestRequest, signal: AbortSignal): AsyncIterable<TestEvent> {
    return testEnvironment(this.#context, actor, request, signal);
  }

  /** What changed in a time, newest first, over all applications unless one is named. */
  changesSince(actor: Actor, request: ChangesRequest & ChangesSpan): Promise<ChangesSince> {
    return readChangesSince(this.#context, actor, request);
  }

  /** What was not as it is now at an instant, and what was on its way then. */
  stateAt(actor: Actor, request: ChangesRequest & { readonly at: Date }): Promise<StateAt> {
    return readStateAt(this.#context, actor, request);
  }

  /** Who changed the values of an environment, when, with which promotion, and what; newest first. */
  configurationHistory(actor: Actor, request: ConfigurationHistoryRequest): Promise<ConfigurationHistory> {
    return readConfigurationHistory(this.#context, actor, request);
  }

  /** What differs between two versions of an environment's values, or between two environments. */
  configurationDiff(actor: Actor, request: ConfigurationDiffRequest): Promise<ConfigurationDiff> {
    return compareConfiguration(this.#context, actor, request);
  }

  releases(actor: Actor, application: string): Promise<readonly Release[]> {
    return listReleases(this.#context, actor, application);
  }

  logs(actor: Actor, promotionId: string, afterSeq: number, limit = 1000): Promise<readonly StoredLogLine[]> {
    return readLogs(this.#context, actor, promotionId, afterSeq, limit);
  }

  events(actor: Actor, promotionId: string): Promise<readonly ChainedEvent[]> {
    return readEvents(this.#context, actor, promotionId);
  }

  createRelease(actor: Actor, draft: ReleaseDraft, facts: readonly CollectedFact[]): Promise<Release> {
    return createRelease(this.#context, actor, draft, facts);
  }

  /** Makes a release of the images that an environment's registry holds, only when it is complete. */
  assembleRelease(actor: Actor, request: AssemblyRequest, signal: AbortSignal): Promise<Assembly> {
    return assembleRelease(this.#context, actor, request, signal);
  }

  release(actor: Actor, application: string, name: string): Promise<ReleaseView> {
    return viewRelease(this.#context, actor, application, name);
  }

  /** Marks a release bad, so that it is never promoted until it is unmarked, or takes that back. */
  judgeRelease(actor: Actor, request: Parameters<typeof judgeRelease>[2]): Promise<Release> {
    return judgeRelease(this.#context, actor, request);
  }

  /** Says in which environments a commit, a change request or a ticket runs. */
  locateSource(
    actor: Actor,
    request: { readonly word: string; readonly application?: string | undefined },
    signal: AbortSignal,
  ): Promise<SourceLocations> {
    return locateSource(this.#context, actor, request, signal);
  }

  /** Reads a report as a stream and stores its facts about a release. */
  addEvidence(actor: Actor, submission: EvidenceSubmission): Promise<AddedEvidence> {
    return addEvidence(this.#context, actor, submission);
  }

  /** Sets one finding aside until a moment. */
  waive(actor: Actor, request: WaiveRequest): Promise<WaiverView> {
    return waive(this.#context, actor, request);
  }

  /** Newest first; of every application unless one is named. */
  waivers(actor: Actor, application?: string): Promise<readonly WaiverView[]> {
    return listWaivers(this.#context, actor, application);
  }

  revokeWaiver(actor: Actor, id: string, reason: string): Promise<WaiverView> {
    return revokeWaiver(this.#context, actor, id, reason);
  }

  /** Records what runs in an environment, read from the environment itself, as its verified baseline. */
  adoptRunning(actor: Actor, request: AdoptionRequest): Promise<Adoption> {
    return adoptRunning(this.#context, actor, request);
  }

  /** Records a release that the caller has deployed as the verified one of an environment. */
  adopt(actor: Actor, application: string, environment: string, releaseName: string): Promise<void> {
    return adoptDeployed(this.#context, actor, { application, environment, release: releaseName });
  }

  bindRole(actor: Actor, binding: RoleBinding): Promise<RoleBinding> {
    return bindRole(this.#context, actor, binding);
  }

  unbindRole(actor: Actor, binding: RoleBinding): Promise<RoleBinding> {
    return unbindRole(this.#context, actor, binding);
  }

  roles(actor: Actor): Promise<RoleHolders> {
    return listRoles(this.#context, actor);
  }

  /** Every chain, for audit verification. */
  async *chains(
    actor: Actor,
  ): AsyncIterable<{ readonly promotionId: string; readonly events: readonly ChainedEvent[] }> {
    await this.#require(actor, 'verify-audit', everywhere);
    yield* this.#context.store.chains();
  }

  /** The chains of an export with what is told beside them; whoever holds the audit key signs it. @throws UnknownNameError */
  extractAudit(actor: Actor, request: ExportRequest): Promise<AuditExtract> {
    return extractAudit(this.#context, actor, request);
  }

  /** Removes what is older than it has to be kept, chains behind a checkpoint that the keeper signs. */
  prune(actor: Actor, request: PruneRequest, keeper: AuditKeeper): Promise<Pruned> {
    return prune(this.#context, actor, request, keeper);
  }

  #loadToRead(actor: Actor, promotionId: string): Promise<PromotionRecord> {
    return loadToRead(this.#context, actor, promotionId);
  }

  #require(actor: Actor, command: Command, scope: Scope): Promise<void> {
    return this.#context.authorizer.require(actor, command, scope);
  }
}
