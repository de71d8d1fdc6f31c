import type { ByteWindow } from './byte-window.js';
import { type CapturePiece, longestRequest } from './capture-piece.js';
import { type CursorEvent, JsonCursor } from './json-cursor.js';

const newline = 0x0a;
const openBrace = 0x7b;

/**
 * The requests of JSON, one after the other: documents that stand in one line each, or documents of any layout. The first document,
 * which can be all of a large file, is given trace by trace: each element of its list by itself, and then what is left of it.
 */
export async function* jsonPieces(window: ByteWindow): AsyncGenerator<CapturePiece> {
  for (let number = 1; await passSpace(window); number++) {
    if (window.bytes[0] !== openBrace) {
      yield* linePieces(window, number);
      return;
    }
    const cursor = new JsonCursor(number === 1 ? '' : `document ${number}`);
    const end = yield* documentPieces(window, cursor);
    // Where the first document ends with its line, so do the others: a damaged one then does not hide those behind it.
    const isLine = end === 'line-breaks-off' || (cursor.isOneLine && (await passLineEnd(window)));
    if (isLine) {
      yield* linePieces(window, number + 1);
      return;
    }
  }
}

async function* documentPieces(
  window: ByteWindow,
  cursor: JsonCursor,
): AsyncGenerator<CapturePiece, CursorEvent> {
  for (;;) {
    const event = cursor.scan(window.bytes);
    yield* cursor.take(window.bytes, event);
    window.pass(cursor.takeSkipped());
    if (event === 'document-ends' || event === 'line-breaks-off') return event;
    if (event !== 'more' || (await window.grow())) continue;
    yield cursor.end();
    window.pass(window.length);
    return event;
  }
}

/** Every line is a document. */
async function* linePieces(window: ByteWindow, first: number): AsyncGenerator<CapturePiece> {
  let number = first;
  let searched = 0;
  for (;;) {
    // A file can be nothing but line breaks.
    if (searched === 0) number += passBlank(window);
    const end = window.bytes.indexOf(newline, searched);
    if (end >= 0) {
      yield lineAt(window.bytes.subarray(0, end), number);
      window.pass(end);
      searched = 0;
      continue;
    }
    searched = window.length;
    if (searched > longestRequest) {
      yield { kind: 'fault', code: 'ERR_SPANSEAL_OTLP_SIZE', place: `line ${number}` };
      if (!(await passLine(window))) return;
      searched = 0;
    } else if (!(await window.grow())) {
      if (searched > 0) yield lineAt(window.bytes, number);
      window.pass(window.length);
      return;
    }
  }
}

function lineAt(bytes: Buffer, number: number): CapturePiece {
  return { kind: 'json', bytes, place: `line ${number}` };
}

/** Moves to the next byte in the window that is no white space; how many line breaks were before it. */
function passBlank(window: ByteWindow): number {
  const { bytes } = window;
  let breaks = 0;
  let at = 0;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20) break;
    if (byte === newline) breaks++;
  }
  window.pass(at);
  return breaks;
}

/** Moves to the end of this line; false when the input ends before. */
async function passLine(window: ByteWindow): Promise<boolean> {
  for (;;) {
    const end = window.bytes.indexOf(newline);
    if (end >= 0) {
      window.pass(end);
      return true;
    }
    window.pass(window.length);
    if (!(await window.grow())) return false;
  }
}

/** Moves to the next byte that is no white space; false when there is none. */
async function passSpace(window: ByteWindow): Promise<boolean> {
  for (;;) {
    passBlank(window);
    if (window.length > 0) return true;
    if (!(await window.grow())) return false;
  }
}

/** Moves behind the white space up to and with the next line break; whether there is one, and something behind it. */
async function passLineEnd(window: ByteWindow): Promise<boolean> {
  for (let at = 0; ; at++) {
    if (at >= window.length && !(await window.grow())) return false;
    const byte = window.bytes[at] ?? newline;
    if (byte > 0x20) return false;
    if (byte !== newline) continue;
    window.pass(at + 1);
    return true;
  }
}
