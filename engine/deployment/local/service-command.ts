import { existsSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import type { UnpackedImage } from './unpacked-image.ts';

export interface ServiceCommand {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
}

/**
 * What starts an image's service on this machine: its own words, with `node` meaning the Node that runs the platform
 * and absolute paths meaning the image's files.
 * @throws when the image names no command, or one that neither is Node nor lies in the image.
 */
export function serviceCommand(image: UnpackedImage): ServiceCommand {
  const [program, ...rest] = [...image.entrypoint, ...image.command];
  if (program === undefined) throw new Error('the image has neither an entrypoint nor a command: set one');
  const executable = isNode(program) ? process.execPath : placeOf(image.folder, program);
  if (executable === undefined) {
    throw new Error(
      `the image starts "${program}", which is neither node nor a file of the image: name it by its path`,
    );
  }
  return {
    executable,
    arguments: rest.map((argument) => placeOf(image.folder, argument) ?? argument),
    workingDirectory: placeOf(image.folder, image.workingDirectory ?? '/') ?? image.folder,
  };
}

function isNode(program: string): boolean {
  return program === 'node' || program === 'nodejs' || (program.startsWith('/') && basename(program) === 'node');
}

/** Where an absolute path of the image lies on this machine; undefined for other words, and for what it does not hold. */
function placeOf(folder: string, word: string): string | undefined {
  if (!posix.isAbsolute(word)) return undefined;
  // Normalised as an absolute path first: `..` cannot climb above the root, so the place stays in the folder.
  const place = join(folder, posix.normalize(word));
  return existsSync(place) ? place : undefined;
}
