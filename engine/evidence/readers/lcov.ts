import { counted } from '../../wording/counted.ts';
import { EvidenceError } from '../evidence-error.ts';
import { LineCoverage } from '../line-coverage.ts';
import type { ReportReader } from '../report-reader.ts';

/** Records of the format (geninfo(1)) that say nothing about lines. */
const otherRecords = [
  'TN',
  'VER',
  'FN',
  'FNL',
  'FNA',
  'FNDA',
  'FNF',
  'FNH',
  'BRDA',
  'BRF',
  'BRH',
  'MCDC',
  'MCF',
  'MCH',
  'MRF',
  'MRH',
];

/** lcov's tracefile, as c8, nyc, node:test, geninfo, grcov and others write it. */
export const readLcov: ReportReader = async (text, { limits }) => {
  const tracefile = new Tracefile();
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tracefile.line(line.trimEnd());
    if (rest.length > limits.maximumTextLength) {
      throw new EvidenceError(`has a line longer than ${String(limits.maximumTextLength)} characters`, tracefile.place);
    }
  }
  if (rest.trim() !== '') tracefile.line(rest.trimEnd());
  return { facts: [{ kind: 'coverage', linesPercent: tracefile.percent() }], collectedAt: undefined };
};

class Tracefile {
  readonly #coverage = new LineCoverage();
  readonly #stated = { total: 0, covered: 0 };
  #number = 0;
  #file: string | undefined;
  #files = 0;
  #linesOfFile = 0;
  #statedOfFile: { readonly LF?: number; readonly LH?: number } = {};

  get place(): string {
    return `line ${String(this.#number)}`;
  }

  line(text: string): void {
    this.#number += 1;
    if (text === '' || text.startsWith('#')) return;
    if (text === 'end_of_record') {
      if (this.#file === undefined) throw new EvidenceError('ends a record that has not begun', this.place);
      this.#refuseMoreThanThereAre();
      this.#file = undefined;
      return;
    }
    const colon = text.indexOf(':');
    const [record, value] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)];
    switch (record) {
      case 'SF':
        if (this.#file !== undefined) throw new EvidenceError('begins a record inside another one', this.place);
        if (value === '') throw new EvidenceError('names no source file', this.place);
        this.#file = value;
        this.#files += 1;
        this.#linesOfFile = 0;
        this.#statedOfFile = {};
        return;
      case 'DA':
        this.#hits(value);
        return;
      case 'LF':
      case 'LH':
        this.#total(record, value);
        return;
      default:
        if (!otherRecords.includes(record)) {
          throw new EvidenceError(`is not lcov: "${text.slice(0, 40)}" is no record`, this.place);
        }
    }
  }

  percent(): number {
    if (this.#file !== undefined) throw new EvidenceError('is cut off: a record has no end', this.place);
    if (this.#files === 0) throw new EvidenceError('is not lcov: it names no source file');
    return this.#coverage.percent(this.#stated);
  }

  /** `DA:<line>,<times>[,<checksum>]` */
  #hits(value: string): void {
    const file = this.#fileOf('DA');
    const [line = '', times = ''] = value.split(',');
    if (!/^\d{1,9}$/.test(line) || !/^\d+$/.test(times)) {
      throw new EvidenceError(`DA must be a line and how often it ran, and is "${value.slice(0, 40)}"`, this.place);
    }
    this.#linesOfFile += 1;
    this.#coverage.add(file, Number(line), /[1-9]/.test(times), this.place);
  }

  #total(record: 'LF' | 'LH', value: string): void {
    this.#fileOf(record);
    const count = Number(value);
    if (!/^\d{1,9}$/.test(value)) {
      throw new EvidenceError(`${record} must be a count and is "${value.slice(0, 40)}"`, this.place);
    }
    if (count > 0 && this.#linesOfFile === 0) {
      throw new EvidenceError(`${record} counts ${counted(count, 'line')} and none is listed`, this.place);
    }
    this.#statedOfFile = { ...this.#statedOfFile, [record]: count };
    if (record === 'LF') this.#stated.total += count;
    else this.#stated.covered += count;
  }

  #refuseMoreThanThereAre(): void {
    const { LF: lines, LH: ran } = this.#statedOfFile;
    if (lines === undefined || ran === undefined || ran <= lines) return;
    throw new EvidenceError(
      `contradicts itself: LH counts ${String(ran)} lines that ran, of ${String(lines)}`,
      this.place,
    );
  }

  #fileOf(record: string): string {
    if (this.#file === undefined) throw new EvidenceError(`${record} stands in no record`, this.place);
    return this.#file;
  }
}
