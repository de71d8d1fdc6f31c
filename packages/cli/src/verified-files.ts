import { isUtf8 } from 'node:buffer';
import { OtlpError, parseStoredTraces, type ReadLimits } from '@spanseal/otlp';
import type { RequestSource, StreamKeyFetcher, Verifier } from '@spanseal/seal';
import { shownPath } from './capture.js';
import type { CliIo } from './cli-io.js';
import type { CapturePiece, TraceList } from './input/capture-piece.js';
import { capturePieces } from './input/capture-pieces.js';
import type { InputPosition } from './input/input-bytes.js';
import { SourceNotes } from './source-notes.js';

/** Called after each request, with how far the reading of its file is. */
export type WatchProgress = (position: InputPosition) => void;

/** What reads files for a verifier. */
export interface FileReading {
  readonly io: CliIo;
  /** Fetches the keys of the streams of each request before it is verified. */
  readonly keys: StreamKeyFetcher;
  readonly watch?: WatchProgress;
}

/**
 * Gives a verifier all requests of captured files, one at a time, and what cannot be read of them.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_INPUT` for a file that cannot be read at all, or is no capture.
 */
export async function addFiles(
  verifier: Verifier,
  paths: readonly string[],
  { io, keys, watch }: FileReading,
): Promise<SourceNotes> {
  const notes = new SourceNotes();
  for (const path of paths) {
    const position: InputPosition = { read: 0, size: undefined };
    const reader = new PieceReader({ verifier, keys, notes }, shownPath(path));
    for await (const piece of capturePieces(path, io, position)) {
      await reader.take(piece);
      watch?.(position);
    }
  }
  return notes;
}

/** As the verifier reads requests: a key that stands twice, or a long list, is the fault of one span. */
const readLimits: ReadLimits = { duplicateKeys: 'keep', maxListLength: 4_000_000 };

/** Documents in OTLP/JSON begin like this; what begins otherwise can be the answer of a trace store. */
const storeBeginning =
  /^\s*\{\s*"(?:data|batches|trace|result|total|limit|offset|errors|metrics|status|message)"/;

interface PieceTakers {
  readonly verifier: Verifier;
  readonly keys: StreamKeyFetcher;
  readonly notes: SourceNotes;
}

class PieceReader {
  readonly #verifier: Verifier;
  readonly #keys: StreamKeyFetcher;
  readonly #notes: SourceNotes;
  readonly #path: string;

  constructor({ verifier, keys, notes }: PieceTakers, path: string) {
    this.#verifier = verifier;
    this.#keys = keys;
    this.#notes = notes;
    this.#path = path;
  }

  async take(piece: CapturePiece): Promise<void> {
    const name = [this.#path, piece.place].filter(Boolean).join(', ');
    if (piece.kind === 'fault') {
      this.#verifier.addUnreadable({ code: piece.code, path: '', source: name });
    } else if (piece.kind === 'protobuf') await this.#add(piece.bytes, { name });
    // Bytes that are no UTF-8 are refused, and not read with U+FFFD in their place.
    else if (!isUtf8(piece.bytes)) {
      this.#verifier.addUnreadable({ code: 'ERR_SPANSEAL_OTLP_UTF8', path: '', source: name });
    } else await this.#takeJson(piece, name);
  }

  async #takeJson(piece: CapturePiece & { kind: 'json' | 'element' }, name: string): Promise<void> {
    const text = piece.bytes.toString('utf8');
    if (piece.kind === 'element' && piece.list !== 'resourceSpans') {
      await this.#takeStored(wrapped(text, piece.list), name, piece.index);
    } else if (piece.kind === 'element') await this.#add(wrapped(text, piece.list), { name });
    else if (storeBeginning.test(text)) await this.#takeStored(text, name, 0);
    else await this.#add(text, { name });
  }

  async #takeStored(text: string, name: string, index: number): Promise<void> {
    try {
      const { request, cuts, notes } = parseStoredTraces(text, readLimits);
      await this.#add(request, { name, cuts });
      for (const { code, path, count } of notes) {
        if (code === 'STORE_ERRORS' || code === 'STORE_PARTIAL') {
          this.#verifier.addUnreadable({ code, path, source: name });
        }
        this.#notes.add({ file: this.#path, code, path: numbered(path, index), count });
      }
    } catch (error) {
      if (!(error instanceof OtlpError)) throw error;
      const { code, path } = error;
      this.#verifier.addUnreadable({ code, path: numbered(path, index), source: name });
    }
  }

  async #add(request: Uint8Array | string | object, source: RequestSource): Promise<void> {
    await this.#keys.fetch([request]);
    this.#verifier.add(request, source);
  }
}

/** An element as a document of its own. */
function wrapped(element: string, list: TraceList): string {
  const inside = list === 'trace' || list === 'result';
  return inside ? `{"${list}":{"resourceSpans":[${element}]}}` : `{"${list}":[${element}]}`;
}

/** A path in a document of one element, as a path in the document that the element is of. */
function numbered(path: string, index: number): string {
  return index === 0 ? path : path.replace('[0]', `[${index}]`);
}
