import { compareVersions } from '../releases/choose-tag.ts';
import { isCompanionTag } from './signatures/companion-tags.ts';

/** What the placeholders of a tag template stand for. */
export interface TagValues {
  readonly application: string;
  /** Also called the target. */
  readonly environment: string;
  readonly release: string;
  readonly service: string;
  /** What the image is called where it comes from, without that environment's own prefix. */
  readonly tag?: string | undefined;
  /** What its label `org.opencontainers.image.version` says. */
  readonly version?: string | undefined;
}

/**
 * The tag that names an image of a release in an environment, beside its digest. What no tag may hold becomes a dash.
 * @returns undefined when the template names something that is not known of the image.
 */
export function imageTag(template: string, values: TagValues): string | undefined {
  const { application, environment, release, service, tag, version } = values;
  const words: Readonly<Record<string, string | undefined>> = {
    '<env>': environment,
    '<target>': environment,
    '<app>': application,
    '<release>': release,
    '<service>': service,
    '<tag>': tag,
    '<version>': version,
  };
  const parts = template.split(/(<(?:env|target|app|release|service|tag|version)>)/g);
  const filled = parts.map((part) => (part in words ? words[part] : part));
  if (filled.includes(undefined)) return undefined;
  return filled
    .join('')
    .replaceAll(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128);
}

/** Whether a tag template asks for something that only the image itself says. */
export function namesVersion(template: string): boolean {
  return template.includes('<version>');
}

/**
 * What an image is called where it comes from: as the release, else by the newest of its tags.
 * @param environment whose own prefix (`staging-`) is not part of the name.
 */
export function sourceTag(
  tags: readonly { readonly tag: string; readonly digest: string }[],
  digest: string,
  release: string,
  environment: string,
): { readonly tag: string; readonly name: string } | undefined {
  const own = tags
    .filter((each) => each.digest === digest && !isCompanionTag(each.tag))
    .map(({ tag }) => {
      const prefix = `${environment}-`;
      return { tag, name: tag.startsWith(prefix) && tag !== prefix ? tag.slice(prefix.length) : tag };
    });
  return own.find(({ name }) => name === release) ?? own.toSorted((a, b) => compareVersions(b.name, a.name))[0];
}
