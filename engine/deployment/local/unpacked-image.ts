/** An image whose files lie in a folder, ready to be run. */
export interface UnpackedImage {
  /** Holds the files of this digest alone. */
  readonly folder: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** As the image says it, within the image: `/app`. */
  readonly workingDirectory: string | undefined;
}

export interface UnpackRequest {
  readonly repository: string;
  readonly digest: string;
  /** Receives one folder per digest; made when it is missing. */
  readonly destination: string;
  readonly signal: AbortSignal;
}

/**
 * Puts the files of an image, each blob checked by its digest, into a folder. Doing it again, or twice at once, changes
 * nothing.
 * @throws when the image is absent or damaged; no folder of that digest is left then.
 */
export type UnpackImage = (request: UnpackRequest) => Promise<UnpackedImage>;
