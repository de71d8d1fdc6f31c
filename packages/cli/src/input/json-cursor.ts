import { type CapturePiece, longestRequest, type TraceList } from './capture-piece.js';

const [newline, quote, comma, colon, backslash] = [0x0a, 0x22, 0x2c, 0x3a, 0x5c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Lists whose elements are given one by one, by the names that lead to them. */
const lists: ReadonlyMap<string, TraceList> = new Map([
  ['resourceSpans', 'resourceSpans'],
  ['resource_spans', 'resourceSpans'],
  ['batches', 'batches'],
  ['data', 'data'],
  ['trace.resourceSpans', 'trace'],
  ['result.resourceSpans', 'result'],
]);
/** Names of lists stand at most this deep. */
const deepestName = 2;
const longestName = 32;
/** What a document may hold beside its lists, in bytes. */
const longestRest = 1024 * 1024;

export type CursorEvent =
  /** The window has no more bytes. */
  | 'more'
  | 'list-begins'
  | 'element-ends'
  | 'list-ends'
  | 'document-ends'
  /** The line ended inside of the document, and the next one begins as another document. */
  | 'line-breaks-off';

/**
 * Goes through the bytes of one JSON document once, and finds the elements of its list of traces. It knows strings and brackets
 * and nothing else: whether something is JSON, the reader says who gets it.
 */
export class JsonCursor {
  /** Whether no line break was seen inside of the document. */
  isOneLine = true;
  readonly #place: string;
  #at = 0;
  /** Where that begins which is kept: an element, or a stretch of the rest of the document. */
  #from = 0;
  #depth = 0;
  #inString = false;
  #nameFrom = 0;
  #name = '';
  #outerName = '';
  #list: TraceList | undefined;
  #listDepth = 0;
  #index = 0;
  readonly #rest: Buffer[] = [];
  #restLength = 0;
  /** Whether what is read now is too long to be kept. */
  #passesOver = false;

  /** `place` names the document; '' for the only one. */
  constructor(place: string) {
    this.#place = place;
  }

  /** Goes on to the next event. */
  scan(bytes: Buffer): CursorEvent {
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] ?? 0;
      let event: CursorEvent | undefined;
      if (byte === newline && this.isOneLine) event = this.#lineEnd(bytes);
      else if (this.#inString) this.#passString(bytes, byte);
      else if (byte <= comma || byte >= openBracket) event = this.#step(byte);
      if (event === 'more') return event;
      this.#at++;
      if (event !== undefined) return event;
    }
    return 'more';
  }

  /** What an event has made whole, out of the same bytes. */
  *take(bytes: Buffer, event: CursorEvent): Generator<CapturePiece> {
    const text = bytes.subarray(this.#from, this.#at);
    const from = this.#from;
    // An escape can reach over the end of the window.
    this.#from = Math.min(this.#at, bytes.length);
    switch (event) {
      case 'element-ends':
        yield* this.#element(text.subarray(0, -1), false);
        return;
      case 'list-ends':
        // The bracket belongs to the rest.
        this.#from = this.#at - 1;
        yield* this.#element(text.subarray(0, -1), true);
        this.#list = undefined;
        return;
      case 'more':
        if (text.length > this.#longest() || this.#passesOver) yield* this.#passOver();
        else this.#from = from;
        return;
      default:
        this.#passesOver = false;
        yield* this.#keep(text);
        if (event !== 'list-begins') yield* this.#document();
    }
  }

  /** The input ends here, inside of the document. */
  end(): CapturePiece {
    return this.#fault('ERR_SPANSEAL_OTLP_TRUNCATED');
  }

  /** How far the window may move; the cursor counts from there then. */
  takeSkipped(): number {
    const skipped = this.#from;
    this.#at -= skipped;
    this.#nameFrom -= skipped;
    this.#from = 0;
    return skipped;
  }

  #passString(bytes: Buffer, byte: number): void {
    if (byte === backslash) this.#at++;
    if (byte !== quote) return;
    this.#inString = false;
    if (this.#list !== undefined || this.#depth > deepestName) return;
    const isShort = this.#at - this.#nameFrom <= longestName && this.#nameFrom >= 0;
    this.#name = isShort ? bytes.toString('latin1', this.#nameFrom, this.#at) : '';
  }

  #step(byte: number): CursorEvent | undefined {
    switch (byte) {
      case quote:
        this.#inString = true;
        this.#nameFrom = this.#at + 1;
        return undefined;
      case comma:
        return this.#isInList() ? 'element-ends' : undefined;
      case openBrace:
        if (this.#depth === 1) this.#outerName = this.#name;
        this.#depth++;
        return undefined;
      case openBracket:
        this.#depth++;
        return this.#beginsList() ? 'list-begins' : undefined;
      case closeBrace:
      case closeBracket:
        return this.#close();
      default:
        return undefined;
    }
  }

  #isInList(): boolean {
    return this.#list !== undefined && this.#depth === this.#listDepth;
  }

  #beginsList(): boolean {
    if (this.#list !== undefined) return false;
    const path = this.#depth === 2 ? this.#name : `${this.#outerName}.${this.#name}`;
    this.#list = this.#depth <= deepestName + 1 ? lists.get(path) : undefined;
    this.#listDepth = this.#depth;
    this.#index = 0;
    return this.#list !== undefined;
  }

  #close(): CursorEvent | undefined {
    const ended = this.#isInList();
    this.#depth--;
    if (ended) return 'list-ends';
    return this.#depth === 0 ? 'document-ends' : undefined;
  }

  /** The first line break inside of the document: a new document behind it says that this one was cut off. */
  #lineEnd(bytes: Buffer): CursorEvent | undefined {
    const next = bytes[this.#at + 1];
    if (next === undefined) return 'more';
    this.isOneLine = false;
    const before = bytes.subarray(this.#from, this.#at).findLast((byte) => byte > 0x20);
    const goesOn = before === undefined || [openBracket, comma, colon].includes(before);
    return next === openBrace && (this.#inString || !goesOn) ? 'line-breaks-off' : undefined;
  }

  *#element(bytes: Buffer, isLast: boolean): Generator<CapturePiece> {
    const index = this.#index++;
    const passedOver = this.#passesOver;
    this.#passesOver = false;
    if (passedOver || this.#list === undefined) return;
    const place = this.#elementPlace(index);
    const isBlank = !bytes.some((byte) => byte > 0x20);
    if (!isBlank) yield { kind: 'element', bytes, list: this.#list, index, place };
    else if (!isLast || index > 0) yield { kind: 'fault', code: 'ERR_SPANSEAL_OTLP_JSON', place };
  }

  *#document(): Generator<CapturePiece> {
    if (this.#restLength > longestRest) return;
    yield { kind: 'json', bytes: Buffer.concat(this.#rest), place: this.#place };
  }

  *#keep(text: Buffer): Generator<CapturePiece> {
    const before = this.#restLength;
    this.#restLength += text.length;
    if (this.#restLength <= longestRest) this.#rest.push(Buffer.from(text));
    else if (before <= longestRest) yield this.#fault('ERR_SPANSEAL_OTLP_SIZE');
  }

  #longest(): number {
    return this.#list === undefined ? longestRest : longestRequest;
  }

  *#passOver(): Generator<CapturePiece> {
    if (!this.#passesOver) yield this.#fault('ERR_SPANSEAL_OTLP_SIZE');
    this.#passesOver = true;
    if (this.#list === undefined) this.#restLength = longestRest + 1;
  }

  #fault(code: string): CapturePiece {
    const place = this.#list === undefined ? this.#place : this.#elementPlace(this.#index);
    return { kind: 'fault', code, place };
  }

  #elementPlace(index: number): string {
    const list =
      this.#list === 'trace' || this.#list === 'result' ? `${this.#list}.resourceSpans` : this.#list;
    return [this.#place, `${list}[${index}]`].filter(Boolean).join(', ');
  }
}
