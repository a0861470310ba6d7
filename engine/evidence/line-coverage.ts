import { EvidenceError } from './evidence-error.ts';

/** Lines of 32 neighbours in two masks. */
interface Block {
  seen: number;
  hit: number;
}

const linesPerBlock = 32;
const maximumBlocks = 2_000_000;
const highestLine = 100_000_000;

/** Which lines of which files tests ran, in a few bits each; a line that any of several records ran, ran. */
export class LineCoverage {
  readonly #files = new Map<string, Map<number, Block>>();
  #blocks = 0;
  #total = 0;
  #covered = 0;
  /** The same, with a line that is listed twice counted twice, as the report's own totals do. */
  readonly #listed = { total: 0, covered: 0 };

  /** @throws EvidenceError */
  add(file: string, line: number, isHit: boolean, place: string): void {
    if (!Number.isSafeInteger(line) || line < 0 || line > highestLine) {
      throw new EvidenceError(`a line of ${file.slice(0, 200)} has the number ${String(line)}`, place);
    }
    this.#listed.total += 1;
    if (isHit) this.#listed.covered += 1;
    const block = this.#block(file, Math.floor(line / linesPerBlock), place);
    const bit = 1 << (line % linesPerBlock);
    if ((block.seen & bit) === 0) {
      block.seen |= bit;
      this.#total += 1;
    }
    if (isHit && (block.hit & bit) === 0) {
      block.hit |= bit;
      this.#covered += 1;
    }
  }

  /**
   * Share of the lines that ran, in hundredths of a percent and never more than there are.
   * @param stated what the report says of itself: when it is worse than what its lines show, lines are missing.
   * @throws EvidenceError
   */
  percent(stated: { readonly covered: number; readonly total: number } | undefined): number {
    if (this.#total === 0) throw new EvidenceError('names no line that could be covered');
    const counted = Math.floor((this.#covered * 10_000) / this.#total) / 100;
    if (stated !== undefined && stated.total > 0) {
      const said = (stated.covered * 100) / stated.total;
      const listed = (this.#listed.covered * 100) / this.#listed.total;
      if (said < listed - toleratedPoints) {
        throw new EvidenceError(
          `contradicts itself: its totals say ${said.toFixed(2)} % and its lines ${listed.toFixed(2)} %; lines are missing`,
        );
      }
    }
    return counted;
  }

  #block(file: string, index: number, place: string): Block {
    let blocks = this.#files.get(file);
    if (blocks === undefined) {
      blocks = new Map();
      this.#files.set(file, blocks);
    }
    let block = blocks.get(index);
    if (block === undefined) {
      this.#blocks += 1;
      if (this.#blocks > maximumBlocks) throw new EvidenceError('names more lines than any program has', place);
      block = { seen: 0, hit: 0 };
      blocks.set(index, block);
    }
    return block;
  }
}

/** Tools count lines of several classes in one file, or ignored ones, a little differently from one another. */
const toleratedPoints = 1;
