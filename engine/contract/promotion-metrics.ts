/** The metrics that tell how promotions went; dashboards and alerts select them by these names. */
export const promotionMetrics = {
  attempts: 'promotion_attempts',
  running: 'promotion_running',
  outcomes: 'promotion_outcomes',
  takenBackLater: 'promotion_taken_back_later',
  successRatio: 'promotion_success_ratio',
  durationMean: 'promotion_duration_mean_seconds',
  durationP95: 'promotion_duration_p95_seconds',
  movingMean: 'promotion_moving_mean_seconds',
  movingP95: 'promotion_moving_p95_seconds',
  leadTimeMean: 'promotion_lead_time_mean_seconds',
  leadTimeP95: 'promotion_lead_time_p95_seconds',
  restorationsNeeded: 'promotion_restorations_needed',
  restorationsOpen: 'promotion_restorations_open',
  restoreMean: 'promotion_restore_mean_seconds',
  restoreP95: 'promotion_restore_p95_seconds',
  validationFailures: 'promotion_validation_failures',
  windowStart: 'promotion_metrics_start_timestamp_seconds',
} as const;

/** The labels that they carry. */
export const promotionMetricLabels = {
  application: 'application',
  environment: 'environment',
  outcome: 'outcome',
  gate: 'gate',
} as const;
