import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serviceCommand } from '../../../../engine/deployment/local/service-command.ts';
import type { UnpackedImage } from '../../../../engine/deployment/local/unpacked-image.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-'));
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app/server.mjs'), '');
  await writeFile(join(folder, 'app/run'), '');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function image(entrypoint: readonly string[], command: readonly string[], workingDirectory?: string): UnpackedImage {
  return { folder, entrypoint, command, environment: {}, workingDirectory };
}

describe('the command of an image', () => {
  it.each(['node', 'nodejs', '/usr/local/bin/node'])('means by %s the Node that runs the platform', (program) => {
    expect(serviceCommand(image([program], ['--enable-source-maps', '/app/server.mjs', 'absent', '/absent']))).toEqual({
      executable: process.execPath,
      arguments: ['--enable-source-maps', join(folder, 'app/server.mjs'), 'absent', '/absent'],
      workingDirectory: `${folder}/`,
    });
  });

  it('may be a program of the image, run where the image says', () => {
    expect(serviceCommand(image([], ['/app/run', 'server.mjs'], '/app'))).toEqual({
      executable: join(folder, 'app/run'),
      arguments: ['server.mjs'],
      workingDirectory: join(folder, 'app'),
    });
  });

  it.each([['/bin/sh'], ['/../../../../bin/sh'], ['sh'], ['../run']])(
    'is refused when it would start %s of this machine',
    (program) => {
      expect(() => serviceCommand(image([program], []))).toThrow(/neither node nor a file of the image/);
    },
  );

  it('is refused when there is none', () => {
    expect(() => serviceCommand(image([], []))).toThrow(/neither an entrypoint nor a command/);
  });
});
