import { readFile } from 'node:fs/promises';

const inputsPage = new URL('../../docs/inputs.md', import.meta.url);

/** How the module is called, as the documentation of the original module shows it. Source: seed 0, "Usage". */
const call = `\`\`\`hcl
module "promotion_process" {
  source = "../../modules/promotion_process"

  environment          = "staging"
  target_environment   = "prod"
  kubernetes_namespace = "varai-staging"
  domain_name          = "staging.varai.ai"
  approval_required    = true
  approvers            = ["devops@varai.ai", "product@varai.ai"]
  promotion_checklist = [
    "All tests passing",
    "Performance metrics within thresholds",
    "Security scan passed",
    "Manual QA approval",
    "Product owner approval"
  ]
  artifact_registry           = "ghcr.io/varai"
  config_repository           = "https://github.com/varai/config.git"
  database_migration_strategy = "blue-green"
  notification_channels = [
    "projects/your-gcp-project-id/notificationChannels/your-notification-channel-id"
  ]
  gcp_project_id = "your-gcp-project-id"
}
\`\`\``;

const secrets = `\`source_db_connection\`, \`target_db_connection\` and \`feature_flag_api_key\` are ephemeral: their values get into Secret
Manager, and into no plan and no state. Hand them on from ephemeral variables of your own, and say by the number beside each
that it is given:

\`\`\`hcl
variable "source_db_connection" {
  type      = string
  ephemeral = true
}
variable "target_db_connection" {
  type      = string
  ephemeral = true
}

module "promotion_process" {
  # … as above
  source_db_connection          = var.source_db_connection # TF_VAR_source_db_connection
  source_db_connection_revision = 1                        # raise it to write a new value
  target_db_connection          = var.target_db_connection
  target_db_connection_revision = 1
}
\`\`\`

A literal in your own file is in your plan: a saved plan holds the configuration that it was made of, and so does your
repository. Never write the value there. Better still is a secret that Secret Manager has already, whose value never passes
through Terraform: \`source_db_connection_secret = "projects/your-gcp-project-id/secrets/staging-database"\`.`;

/** Sections of the module's README that say how it is used. @throws when docs/inputs.md has no table of switches. */
export async function moduleUsage(): Promise<readonly string[]> {
  const page = await readFile(inputsPage, 'utf8');
  const section = page.split(/^(?=## )/m).find((each) => each.startsWith('## What is switched off\n')) ?? '';
  const switches = section.split('\n').filter((line) => line.startsWith('|'));
  if (switches.length < 3) throw new Error('docs/inputs.md: the table of "What is switched off" is missing');
  return [
    '## Usage',
    '',
    call,
    '',
    '## Secrets',
    '',
    secrets,
    '',
    '## What is switched off',
    '',
    'All outputs stay; those of what is not there are null.',
    '',
    ...switches,
    '',
  ];
}
