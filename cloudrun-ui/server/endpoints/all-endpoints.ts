import type { Endpoint } from '../endpoint/endpoint.ts';
import { listAuditEntries } from './audit-entries.ts';
import { pruneAudit, showAudit, showAuditKey, showCompliance } from './audit.ts';
import {
  declareFreeze,
  holdEnvironment,
  liftFreeze,
  listClosures,
  listFreezes,
  releaseEnvironment,
  resumeAutoPromotion,
} from './calendar.ts';
import { listChanges, showStateAt } from './changes.ts';
import { comparePromotions } from './compare-promotions.ts';
import { listConfigurationHistory, showConfigurationDiff } from './configuration.ts';
import { adoptRunning, testEnvironment } from './environment-commands.ts';
import { compareEnvironments, inspectEnvironment } from './environments.ts';
import { listHistory } from './history.ts';
import { listEnvironments, listPlaces, showInbox, showMatrix, showPipeline } from './overview.ts';
import { showMe } from './people.ts';
import {
  cancelPromotion,
  decidePromotion,
  noteDown,
  requestPromotion,
  retryPromotion,
  tickItem,
} from './promotion-commands.ts';
import { showCanary, showMigrations } from './promotion-progress.ts';
import { showPlan, showPlanSince, showReport } from './promotion-report.ts';
import { listEvents, listLogs, listPromotions, showPromotion } from './promotions.ts';
import { addEvidence, assembleRelease, createRelease } from './release-making.ts';
import { judgeRelease, listBadReleases, listReleases, showRelease } from './releases.ts';
import { confirmRollback, listRevisions, rollBack, showRollbackPreview } from './rollbacks.ts';
import { explainRules, proposeRules, showRules } from './rules.ts';
import {
  bindRole,
  closeItem,
  listOpenItems,
  listRoles,
  listWaivers,
  revokeWaiver,
  showPermissions,
  unbindRole,
  waive,
} from './settings.ts';
import { locateSource } from './source-locations.ts';
import { showStatistics, showTrend } from './statistics.ts';

/** Every operation of the API; the server, its document and the tests of permissions are made of this. */
export const allEndpoints: readonly Endpoint[] = [
  showMe,
  showPermissions,
  listRoles,
  bindRole,
  unbindRole,
  showMatrix,
  showPipeline,
  showInbox,
  listEnvironments,
  listPlaces,
  listPromotions,
  requestPromotion,
  showPromotion,
  showPlan,
  showPlanSince,
  showReport,
  showCanary,
  showMigrations,
  listEvents,
  listLogs,
  decidePromotion,
  cancelPromotion,
  retryPromotion,
  tickItem,
  noteDown,
  listOpenItems,
  closeItem,
  showRollbackPreview,
  rollBack,
  confirmRollback,
  listRevisions,
  listHistory,
  comparePromotions,
  listChanges,
  showStateAt,
  showStatistics,
  showTrend,
  listReleases,
  listBadReleases,
  createRelease,
  assembleRelease,
  showRelease,
  judgeRelease,
  addEvidence,
  locateSource,
  inspectEnvironment,
  adoptRunning,
  testEnvironment,
  compareEnvironments,
  listConfigurationHistory,
  showConfigurationDiff,
  showRules,
  explainRules,
  proposeRules,
  listWaivers,
  waive,
  revokeWaiver,
  listClosures,
  holdEnvironment,
  releaseEnvironment,
  listFreezes,
  declareFreeze,
  liftFreeze,
  resumeAutoPromotion,
  showAudit,
  listAuditEntries,
  showAuditKey,
  showCompliance,
  pruneAudit,
];
