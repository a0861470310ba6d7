import { Tokenizer, TokenParser, TokenType, type JsonTypes } from '@streamparser/json';
import { EvidenceError } from './evidence-error.ts';
import { pathText, type JsonShape } from './json-shape.ts';
import type { ReadingLimits } from './reading-limits.ts';

/** An object or array that has begun and not ended. */
interface Frame {
  /** Undefined: it is skipped, and so is all in it. */
  readonly shape: JsonShape | undefined;
  readonly kept: Record<string, unknown> | unknown[];
  readonly isArray: boolean;
  key: string;
  index: number;
  expectsKey: boolean;
}

/** Builds what a shape asks for out of a JSON document that comes in pieces. */
export class JsonWalker {
  readonly #shape: JsonShape;
  readonly #limits: ReadingLimits;
  readonly #tokenizer = new Tokenizer();
  /** Knows the grammar; builds nothing, because no path is asked of it. */
  readonly #grammar = new TokenParser({ paths: ['$.nothing.of.it'], keepStack: false });
  readonly #frames: Frame[] = [];
  #result: unknown;
  #hasResult = false;
  #unfinishedLength = 0;

  constructor(shape: JsonShape, limits: ReadingLimits) {
    this.#shape = shape;
    this.#limits = limits;
    this.#grammar.onValue = () => undefined;
    this.#tokenizer.onToken = ({ token, value }) => {
      this.#unfinishedLength = 0;
      this.#grammar.write({ token, value });
      this.#take(token, value);
    };
  }

  /** @throws EvidenceError */
  write(text: string): void {
    this.#guarded(() => {
      this.#unfinishedLength += text.length;
      this.#tokenizer.write(text);
    });
    if (this.#unfinishedLength > this.#limits.maximumTextLength + text.length) {
      throw new EvidenceError(
        `has a text longer than ${String(this.#limits.maximumTextLength)} characters`,
        this.#place(),
      );
    }
  }

  /** @returns what the shape asked for. @throws EvidenceError when the document is cut off. */
  end(): unknown {
    this.#guarded(() => {
      if (!this.#tokenizer.isEnded) this.#tokenizer.end();
    });
    if (!this.#hasResult) {
      throw new EvidenceError('is cut off: it ends before its JSON does', this.#place());
    }
    return this.#result;
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof EvidenceError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (/ended in (mid|the middle)/i.test(reason)) {
        throw new EvidenceError('is cut off: it ends before its JSON does', this.#place());
      }
      const [, found, position] = /^Unexpected "([\s\S]*?)" at .*absolute position "(\d+)"/.exec(reason) ?? [];
      const why =
        found === undefined
          ? reason.slice(0, 200)
          : `"${found}" is unexpected at character ${String(Number(position) + 1)}`;
      throw new EvidenceError(`is not valid JSON: ${why}`, this.#place());
    }
  }

  #take(token: TokenType, value: JsonTypes.JsonPrimitive): void {
    switch (token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        this.#begin(token === TokenType.LEFT_BRACKET);
        return;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET: {
        const frame = this.#frames.pop();
        if (frame !== undefined) this.#deliver(frame.shape, frame.kept);
        return;
      }
      case TokenType.COMMA: {
        const frame = this.#frames.at(-1);
        if (frame === undefined) return;
        frame.index += 1;
        frame.expectsKey = !frame.isArray;
        return;
      }
      case TokenType.COLON: {
        const frame = this.#frames.at(-1);
        if (frame !== undefined) frame.expectsKey = false;
        return;
      }
      case TokenType.STRING:
      case TokenType.NUMBER:
      case TokenType.TRUE:
      case TokenType.FALSE:
      case TokenType.NULL: {
        const frame = this.#frames.at(-1);
        if (frame?.expectsKey === true) frame.key = String(value);
        else this.#scalar(value);
        return;
      }
      case TokenType.SEPARATOR:
        return;
    }
  }

  #begin(isArray: boolean): void {
    const shape = this.#nextShape();
    const kind = isArray ? 'array' : 'object';
    if (shape !== undefined && shape.kind !== kind) this.#refuse(shape, isArray ? 'a list' : 'an object');
    if (this.#frames.length >= this.#limits.maximumDepth) {
      throw new EvidenceError(`is nested deeper than ${String(this.#limits.maximumDepth)} levels`, this.#place());
    }
    this.#frames.push({ shape, kept: isArray ? [] : {}, isArray, key: '', index: 0, expectsKey: !isArray });
  }

  #scalar(value: string | number | boolean | null): void {
    const shape = this.#nextShape();
    if (shape !== undefined && shape.kind !== 'scalar' && value !== null) {
      this.#refuse(shape, typeof value === 'string' ? 'a text' : `the ${typeof value} ${String(value)}`);
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new EvidenceError('is a number too large to be one', this.#place());
    }
    this.#deliver(shape, value === null && shape?.kind !== 'scalar' ? undefined : value);
  }

  #refuse(shape: JsonShape, found: string): never {
    const wanted = { scalar: 'a text or a number', object: 'an object', array: 'a list' }[shape.kind];
    throw new EvidenceError(`must be ${wanted} and is ${found}`, this.#place());
  }

  /** What is expected where the walk is now; undefined: nothing of it is kept. */
  #nextShape(): JsonShape | undefined {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#shape;
    switch (frame.shape?.kind) {
      case 'object':
        return Object.hasOwn(frame.shape.fields, frame.key) ? frame.shape.fields[frame.key] : undefined;
      case 'array':
        return frame.shape.items;
      case 'scalar':
      case undefined:
        return undefined;
    }
  }

  #deliver(shape: JsonShape | undefined, value: unknown): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.#result = value;
      this.#hasResult = true;
      return;
    }
    if (shape === undefined) return;
    if (!Array.isArray(frame.kept)) {
      frame.kept[frame.key] = value;
      return;
    }
    if (frame.shape?.kind === 'array' && frame.shape.each !== undefined) {
      frame.shape.each(value, this.#place());
      return;
    }
    if (frame.kept.length >= this.#limits.maximumItems) {
      throw new EvidenceError(`has more than ${String(this.#limits.maximumItems)} entries`, this.#place());
    }
    frame.kept.push(value);
  }

  #place(): string {
    const path = this.#frames.map((frame) => (frame.isArray ? frame.index : frame.key)).filter((key) => key !== '');
    return `$${pathText(path)}`;
  }
}
