import type { StepDefinition } from '../workflow/step-definition.ts';
import { awaitApproval } from './await-approval.ts';
import { awaitChecklist } from './await-checklist.ts';
import { awaitUndoWindow } from './await-undo-window.ts';
import { awaitWindow } from './await-window.ts';
import { backUp } from './back-up.ts';
import { confirmWindow } from './confirm-window.ts';
import { contractDatabase } from './contract-database.ts';
import { custom } from './custom.ts';
import { deploy } from './deploy.ts';
import { initialize } from './initialize.ts';
import { migrateDatabase } from './migrate-database.ts';
import { noteTarget } from './note-target.ts';
import { notify } from './notify.ts';
import { promoteArtifacts } from './promote-artifacts.ts';
import { promoteConfiguration } from './promote-configuration.ts';
import { promoteFlags } from './promote-flags.ts';
import { report } from './report.ts';
import { revalidate } from './revalidate.ts';
import { shiftCanary } from './shift-canary.ts';
import { stopPrevious } from './stop-previous.ts';
import { validateArtifacts } from './validate-artifacts.ts';
import { validateConditions } from './validate-conditions.ts';
import { validateContract } from './validate-contract.ts';
import { verifyContract } from './verify-contract.ts';
import { verify } from './verify.ts';
import { verifyRollback } from './verify-rollback.ts';

/**
 * Every step, in the order in which promotions run them, then the one that runs those of the team's own, which stand
 * where the rules put them, and those that only contract runs have. `note-target` stands in for `back-up` where rules leave
 * that out. A test checks that no step file is missing here.
 */
export const builtInSteps: readonly StepDefinition[] = [
  initialize,
  validateConditions,
  awaitChecklist,
  awaitApproval,
  awaitWindow,
  confirmWindow,
  revalidate,
  validateArtifacts,
  noteTarget,
  backUp,
  promoteConfiguration,
  migrateDatabase,
  promoteArtifacts,
  promoteFlags,
  deploy,
  shiftCanary,
  verify,
  stopPrevious,
  verifyRollback,
  report,
  notify,
  custom,
  awaitUndoWindow,
  validateContract,
  contractDatabase,
  verifyContract,
].map((step) => step as StepDefinition);
