import type { ReleaseContent } from '../release.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';

/** What an environment runs, as far as changes tell of it. */
export interface Running {
  /** A release's name; undefined: nothing runs. */
  readonly release: string | undefined;
  readonly images: readonly { readonly service: string; readonly digest: string }[];
}

export function runningRelease(release: { readonly name: string; readonly content: ReleaseContent }): Running {
  return { release: release.name, images: release.content.images };
}

/** The release and each image that is another one afterwards. */
export function deploymentChanges(before: Running, after: Running): readonly ChangeEntry[] {
  const services = [...new Set([...before.images, ...after.images].map(({ service }) => service))];
  const digest = ({ images }: Running, service: string): string | undefined =>
    images.find((image) => image.service === service)?.digest;
  const entries: readonly ChangeEntry[] = [
    { kind: 'release', subject: 'release', before: before.release, after: after.release },
    ...services.map((service): ChangeEntry => ({
      kind: 'image',
      subject: service,
      before: digest(before, service),
      after: digest(after, service),
    })),
  ];
  return entries.filter((entry) => entry.before !== entry.after);
}
