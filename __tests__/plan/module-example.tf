module "promotion_process" {
  source = "../../modules/promotion_process"
  
  environment          = "staging"
  target_environment   = "prod"
  kubernetes_namespace = "varai-staging"
  domain_name          = "staging.varai.ai"
  approval_required    = true
  approvers            = [
    "devops@varai.ai",
    "product@varai.ai"
  ]
  promotion_checklist  = [
    "All tests passing",
    "Performance metrics within thresholds",
    "Security scan passed",
    "Manual QA approval",
    "Product owner approval"
  ]
  artifact_registry    = "ghcr.io/varai"
  config_repository    = "https://github.com/varai/config.git"
  database_migration_strategy = "blue-green"
  notification_channels = [
    "projects/your-gcp-project-id/notificationChannels/your-notification-channel-id"
  ]
  gcp_project_id       = "your-gcp-project-id"
}
