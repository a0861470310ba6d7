import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { ImageConfig } from './buildah.ts';

/** As `docker run --read-only --tmpfs /tmp`, with the image's volumes: all the rest of the files cannot be written. */
const changeRoot = `
set -e
root=$1 user=$2 place=$3; shift 3
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
for volume in $VOLUMES; do
  mount -t tmpfs -o "mode=0700,uid=\${user%:*},gid=\${user#*:}" tmpfs "$root$volume"
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
unset VOLUMES
exec chroot --userspec="$user" "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$place" "$@"
`;

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Starts a program of an image as its user, over read-only files; the network is this machine's. */
export function startReadOnly(
  folder: string,
  config: ImageConfig,
  program: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const own = Object.fromEntries(config.Env.map((each) => each.split(/=(.*)/s, 2)) as [string, string][]);
  const words = ['--mount', 'sh', '-c', changeRoot, 'sh', folder, config.User, config.WorkingDir, ...program];
  return spawn('unshare', words, {
    env: { ...own, ...environment, VOLUMES: Object.keys(config.Volumes).join(' ') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The same until it ends. */
export async function runReadOnly(...given: Parameters<typeof startReadOnly>): Promise<Ended> {
  const child = startReadOnly(...given);
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, out, errors };
}
