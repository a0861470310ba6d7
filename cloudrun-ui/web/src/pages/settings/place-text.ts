/** Where something counts, as people say it. */
export function applicationText(application: string): string {
  return application === '*' ? 'every application' : application;
}

export function environmentText(environment: string): string {
  return environment === '*' ? 'every environment' : environment;
}
