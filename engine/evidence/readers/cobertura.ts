import { EvidenceError } from '../evidence-error.ts';
import { LineCoverage } from '../line-coverage.ts';
import { countAttribute, readXml, type XmlAttributes, type XmlReader } from '../read-xml.ts';
import { zonedDate, type ReportReader } from '../report-reader.ts';

/** The one document type that tools declare here; it is never fetched. */
const coberturaDoctype = /^coverage\s+SYSTEM\s+(["'])https?:\/\/cobertura\.sourceforge\.net\/xml\/coverage-\d+\.dtd\1$/;

/** Cobertura's XML, as coverage.py, istanbul, gcovr, coverlet and others write it. */
export const readCobertura: ReportReader = async (text, { limits }) => {
  const counter = new CoberturaCounter();
  await readXml(text, counter, limits);
  return { facts: [{ kind: 'coverage', linesPercent: counter.percent() }], collectedAt: counter.collectedAt };
};

class CoberturaCounter implements XmlReader {
  collectedAt: Date | undefined;
  readonly #coverage = new LineCoverage();
  readonly #path: string[] = [];
  #stated: { readonly covered: number; readonly total: number } | undefined;
  #file: string | undefined;
  #hasPackages = false;

  acceptsDoctype(doctype: string): boolean {
    return coberturaDoctype.test(doctype);
  }

  open(name: string, attributes: XmlAttributes, place: string): void {
    const parent = this.#path.at(-1);
    const grandparent = this.#path.at(-2);
    this.#path.push(name);
    if (parent === undefined) {
      if (name !== 'coverage') {
        throw new EvidenceError(`is not Cobertura: it begins with <${name.slice(0, 40)}>, not with <coverage>`, place);
      }
      this.#stated = statedTotals(attributes, place);
      this.collectedAt = momentOf(attributes['timestamp']);
    }
    if (name === 'packages') this.#hasPackages = true;
    if (name === 'class') this.#file = attributes['filename'] ?? attributes['name'];
    // Lines of methods are listed a second time among those of their class.
    if (name !== 'line' || parent !== 'lines' || grandparent !== 'class') return;
    const line = countAttribute(attributes, 'number', place);
    const hits = hitsOf(attributes['hits'], place);
    if (line === undefined || this.#file === undefined)
      throw new EvidenceError('is a line without number or file', place);
    this.#coverage.add(this.#file, line, hits, place);
  }

  close(name: string): void {
    this.#path.pop();
    if (name === 'class') this.#file = undefined;
  }

  percent(): number {
    if (!this.#hasPackages) throw new EvidenceError('is not Cobertura: it has no <packages>');
    return this.#coverage.percent(this.#stated);
  }
}

/** How often a line ran may be more than a computer counts exactly; only whether it ran matters. */
function hitsOf(text: string | undefined, place: string): boolean {
  if (text === undefined || !/^\d{1,30}$/.test(text)) {
    throw new EvidenceError(`hits must be a count and is "${text?.slice(0, 40) ?? ''}"`, place);
  }
  return /[1-9]/.test(text);
}

function statedTotals(
  attributes: XmlAttributes,
  place: string,
): { readonly covered: number; readonly total: number } | undefined {
  const covered = countAttribute(attributes, 'lines-covered', place);
  const total = countAttribute(attributes, 'lines-valid', place);
  if (covered !== undefined && total !== undefined) return { covered, total };
  const rate = attributes['line-rate'];
  if (rate === undefined) return undefined;
  const share = Number(rate);
  if (!/^\d*\.?\d+(e-?\d+)?$/i.test(rate) || !(share >= 0 && share <= 1)) {
    throw new EvidenceError(`line-rate must be from 0 to 1 and is "${rate.slice(0, 40)}"`, place);
  }
  return { covered: share, total: 1 };
}

/** Seconds or milliseconds since 1970, or a date. */
function momentOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{9,13}(\.\d+)?$/.test(text)) return zonedDate(text);
  const number = Number(text);
  return new Date(number > 1e11 ? number : number * 1000);
}
