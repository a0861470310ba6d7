import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../../storage/system-error.ts';
import { writeDurably } from '../../storage/write-durably.ts';
import { sampleSchema, type Sample } from './sample.ts';
import { defaultThinning, thinOut, type Thinning } from './thin-out.ts';

const folderName = 'metrics';
const extension = '.jsonl';
/** Services are DNS labels; whatever else lies in the folder is none of ours. */
const fileOfService = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.jsonl$/;

/**
 * The samples of one environment's services, a file of JSON lines for each. Samples are added one by one; now and then
 * a file is replaced whole by a thinned-out one, which bounds it. A line that a death cut short is passed over.
 */
export class SampleHistory {
  readonly #folder: string;
  readonly #thinning: Thinning;
  readonly #linesBetweenThinning: number;
  /** Lines added to each file since it was thinned out; absent: not since this process runs. */
  readonly #added = new Map<string, number>();

  /** @param environmentFolder the environment's folder of the local platform. */
  constructor(environmentFolder: string, thinning = defaultThinning, linesBetweenThinning = 600) {
    this.#folder = join(environmentFolder, folderName);
    this.#thinning = thinning;
    this.#linesBetweenThinning = linesBetweenThinning;
  }

  /** One writer at a time: the platform that holds the folder. */
  async add(service: string, sample: Sample, now: Date): Promise<void> {
    const added = this.#added.get(service);
    const path = this.#path(service);
    // Until it is written: a file that failed to be written is made anew by the next sample.
    this.#added.delete(service);
    if (added === undefined || added >= this.#linesBetweenThinning) {
      await mkdir(this.#folder, { recursive: true });
      const kept = thinOut([...(await readSamples(path)), sample], now, this.#thinning);
      await writeDurably(path, kept.map(lineOf).join(''), 0o600);
      this.#added.set(service, 0);
      return;
    }
    await appendFile(path, lineOf(sample), { mode: 0o600 });
    this.#added.set(service, added + 1);
  }

  /** The services that ever left a sample. */
  async services(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.#folder);
      return names.flatMap((name) => fileOfService.exec(name)?.[1] ?? []);
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return [];
      throw error;
    }
  }

  /** In the order in which they were added. */
  read(service: string): Promise<readonly Sample[]> {
    return readSamples(this.#path(service));
  }

  #path(service: string): string {
    return join(this.#folder, `${service}${extension}`);
  }
}

function lineOf(sample: Sample): string {
  return `${JSON.stringify(sample)}\n`;
}

async function readSamples(path: string): Promise<readonly Sample[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      const sample = sampleSchema.safeParse(JSON.parse(line));
      return sample.success ? [sample.data] : [];
    } catch {
      return [];
    }
  });
}
