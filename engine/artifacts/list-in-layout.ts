import { join } from 'node:path';
import { ProcessLock } from '../storage/process-lock.ts';
import { StaleFenceError } from '../workflow/fence.ts';
import { listed, type OciLayout, tagged } from './oci-layout.ts';
import type { Descriptor, ImageIndex } from './oci-manifest.ts';

const lockTimeoutSeconds = 60;

/**
 * Lists a manifest in a layout for whoever builds releases, and points the tag at it, wherever that pointed before. It
 * holds no lease and takes nothing over from a promotion that does; runs at the same time wait for each other.
 */
export async function listInLayout(layout: OciLayout, entry: Descriptor, tag: string | undefined): Promise<void> {
  await new ProcessLock(join(layout.folder, '.writers')).run(() => enter(layout, entry, tag), {
    timeoutSeconds: lockTimeoutSeconds,
  });
}

async function enter(layout: OciLayout, entry: Descriptor, tag: string | undefined): Promise<void> {
  const change = (index: ImageIndex) => (tag === undefined ? listed(index, [entry]) : tagged(index, tag, entry));
  for (;;) {
    const fence = (await layout.directory.highestFence()) ?? 0;
    try {
      await layout.updateIndex(change, { fence });
      return;
    } catch (error) {
      // A promotion began to write here; its change is then part of what the next attempt reads.
      if (!(error instanceof StaleFenceError)) throw error;
    }
  }
}
