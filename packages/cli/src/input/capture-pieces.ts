import type { CliIo } from '../cli-io.js';
import { ByteWindow } from './byte-window.js';
import type { CapturePiece } from './capture-piece.js';
import {
  gunzipped,
  InputFault,
  type InputFaultCode,
  type InputPosition,
  storedBytes,
  unusableInput,
} from './input-bytes.js';
import { jsonPieces } from './json-pieces.js';
import { detectFraming, protobufPieces } from './protobuf-pieces.js';

/** How far a capture is looked into to find out what it is. */
const lookahead = 64 * 1024;
const openBrace = 0x7b;

/**
 * The requests of a captured file, one after the other, out of a window that moves over it: memory is bounded by the longest
 * request. What cannot be read is among them, as a fault; nothing is passed over in silence.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_INPUT` when it cannot be read at all, or is no capture.
 */
export async function* capturePieces(
  path: string,
  io: CliIo,
  position: InputPosition,
): AsyncGenerator<CapturePiece> {
  const chunks = storedBytes(path, io, position);
  try {
    const stored = new ByteWindow(chunks);
    await stored.growTo(2);
    const isGzip = stored.bytes[0] === 0x1f && stored.bytes[1] === 0x8b;
    const ending: { fault?: InputFaultCode } = {};
    const window = isGzip ? new ByteWindow(untilFault(gunzipped(stored.rest()), ending)) : stored;
    await window.growTo(lookahead);
    if (window.bytes[0] === 0xef && window.bytes[1] === 0xbb && window.bytes[2] === 0xbf) window.pass(3);
    const pieces = piecesOf(window);
    if (pieces === undefined || (window.length === 0 && ending.fault !== undefined)) {
      const got =
        ending.fault === undefined
          ? 'bytes that are none of them'
          : `gzip that cannot be used (${ending.fault})`;
      throw unusableInput(path, got);
    }
    yield* pieces;
    if (ending.fault !== undefined) yield { kind: 'fault', code: ending.fault, place: '' };
  } finally {
    await chunks.return(undefined);
  }
}

/** By the first bytes; undefined when they are none of ours. */
function piecesOf(window: ByteWindow): AsyncGenerator<CapturePiece> | undefined {
  const { bytes } = window;
  const first = bytes.find((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x0a);
  if (first === openBrace) return jsonPieces(window);
  const framing = detectFraming(bytes);
  if (framing !== undefined) return protobufPieces(window, framing);
  // JSON lines of which the first one is damaged.
  return bytes.includes('\n{"') ? jsonPieces(window) : undefined;
}

/** The bytes up to a fault of the input, which is noted: what came before it is looked at. */
async function* untilFault(
  chunks: AsyncIterable<Uint8Array>,
  ending: { fault?: InputFaultCode },
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    ending.fault = error.code;
  }
}
