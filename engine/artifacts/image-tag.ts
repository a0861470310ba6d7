/** What the placeholders of a tag template stand for. */
export interface TagValues {
  readonly application: string;
  readonly environment: string;
  readonly release: string;
  readonly service: string;
}

/** The tag that names an image of a release in an environment, beside its digest. */
export function imageTag(template: string, { application, environment, release, service }: TagValues): string {
  const values: Readonly<Record<string, string>> = {
    '<env>': environment,
    '<app>': application,
    '<release>': release,
    '<service>': service,
  };
  return template.replaceAll(/<(?:env|app|release|service)>/g, (placeholder) => values[placeholder] ?? placeholder);
}
