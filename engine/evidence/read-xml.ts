import { SaxesParser } from 'saxes';
import { EvidenceError } from './evidence-error.ts';
import type { ReadingLimits } from './reading-limits.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** What a reader of XML hears, in order. */
export interface XmlReader {
  /** @param place `line 12`. */
  open(name: string, attributes: XmlAttributes, place: string): void;
  close(name: string, place: string): void;
  /** Whether a document type may be declared, by its text. None: no document type at all. */
  acceptsDoctype?(doctype: string): boolean;
}

export const documentTypeRefusal = 'declares a document type, which may define entities; no report needs one';

/** What XML 1.0 cannot hold and test reports hold all the same, such as the colours of a terminal. */
// eslint-disable-next-line no-control-regex
const impossibleCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * Reads an XML document as a stream. Entities are never defined or fetched: a document type with declarations of its
 * own is refused, and so is every entity beyond the five of XML.
 * @throws EvidenceError
 */
export async function readXml(text: AsyncIterable<string>, reader: XmlReader, limits: ReadingLimits): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  let depth = 0;
  let unfinishedLength = 0;
  const place = (): string => `line ${String(parser.line)}`;
  const progress = (): void => {
    unfinishedLength = 0;
  };
  parser.on('error', (error) => {
    throw syntaxError(error, place());
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
      throw new EvidenceError(`declares the encoding ${encoding.slice(0, 40)}; write the report as UTF-8`, place());
    }
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[') || reader.acceptsDoctype?.(doctype.trim()) !== true) {
      throw new EvidenceError(documentTypeRefusal, place());
    }
  });
  parser.on('opentag', ({ name, attributes }) => {
    progress();
    depth += 1;
    if (depth > limits.maximumDepth) {
      throw new EvidenceError(`is nested deeper than ${String(limits.maximumDepth)} levels`, place());
    }
    reader.open(name, attributes, place());
  });
  parser.on('closetag', ({ name }) => {
    progress();
    depth -= 1;
    reader.close(name, place());
  });
  for (const event of ['text', 'cdata', 'comment', 'processinginstruction'] as const) parser.on(event, progress);

  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (error instanceof EvidenceError) throw error;
      throw syntaxError(error, place());
    }
  };
  for await (const piece of text) {
    guarded(() => {
      unfinishedLength += piece.length;
      parser.write(piece.replace(impossibleCharacters, '\uFFFD'));
    });
    if (unfinishedLength > limits.maximumTextLength + piece.length) {
      throw new EvidenceError(`has a text longer than ${String(limits.maximumTextLength)} characters`, place());
    }
  }
  guarded(() => {
    parser.close();
  });
}

function syntaxError(error: unknown, place: string): EvidenceError {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/^\d+:\d+: /, '');
  if (/^(unclosed tag|unexpected end|document must contain a root element)/i.test(reason)) {
    return new EvidenceError(`is cut off: it ends before its XML does (${reason.slice(0, 100)})`, place);
  }
  return new EvidenceError(`is not well-formed XML: ${reason.slice(0, 200)}`, place);
}

/** A whole number that is not negative; undefined when the attribute is absent. @throws EvidenceError */
export function countAttribute(attributes: XmlAttributes, name: string, place: string): number | undefined {
  const text = attributes[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(number)) {
    throw new EvidenceError(`${name} must be a count and is "${text.slice(0, 40)}"`, place);
  }
  return number;
}
