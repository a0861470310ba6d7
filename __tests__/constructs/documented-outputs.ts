/** The outputs that seed 0 documents, by their names. */
export const documentedOutputs = [
  'dashboard_url',
  'db_migration_function_url',
  'promotion_artifacts_bucket',
  'promotion_config',
  'promotion_health_check_job',
  'promotion_namespace',
  'promotion_notification_subscription',
  'promotion_notification_topic',
  'promotion_status',
  'promotion_trigger_id',
  'promotion_ui_url',
];
