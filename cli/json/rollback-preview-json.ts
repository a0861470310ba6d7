import type { RollbackPreview } from '../../engine/promotion-service.ts';
import { lossyMigrations } from '../render/lossy-migrations.ts';
import { stepTitle } from '../render/step-title.ts';

/** What a rollback would do, as `rollback --json` tells it before anybody has said yes. */
export function rollbackPreviewJson(preview: RollbackPreview) {
  const { promotion, release, schema, discards } = preview;
  return {
    kind: 'preview' as const,
    application: promotion.application,
    environment: promotion.toEnvironment,
    promotion: promotion.id,
    release: release.name,
    returnsTo: preview.returnsTo ?? null,
    takesBack: preview.takesBack,
    undone: preview.undone.map(({ step, will }) => ({ step, title: stepTitle(step), will })),
    schema:
      schema === undefined
        ? null
        : {
            kind: schema.kind,
            reason: schema.kind === 'revert' ? null : schema.reason,
            migrations: schema.kind === 'revert' ? schema.migrations.map(({ version }) => version) : [],
            lossy: lossyMigrations(schema).map(({ version, name }) => ({ version, name })),
          },
    hasDatabase: promotion.definition.target.database !== undefined,
    discards:
      discards === undefined
        ? null
        : { since: discards.since, minutes: discards.minutes, rowsInBackUp: discards.rowsInBackUp },
    restoreRefused: preview.restoreRefused ?? null,
    irreversible: preview.irreversible,
    stops: preview.stops,
    preempts: preview.preempts ?? null,
    underWay: preview.underWay ?? null,
    lastTookMs: preview.lastTookMs ?? null,
    marksBad: preview.undone.length > 0,
    alsoRunsIn: preview.alsoRunsIn,
    pausesAutoPromotion: preview.pausesAutoPromotion,
  };
}
