import { Assembly } from './assembly.js';
import { orOtlpError, refuse } from './fault.js';
import type { JaegerTrace } from './jaeger-model.js';
import { storeAnswer } from './jaeger-schema.js';
import { jaegerRequest } from './jaeger-traces.js';
import { withoutWarnings } from './jaeger-warnings.js';
import { JsonMessageReader } from './json-message-reader.js';
import { checkedDocument } from './json-reader.js';
import { JsonText } from './json-text.js';
import type { ReadLimits } from './limits.js';
import type { ResourceSpans, TraceRequest } from './model.js';
import { StoreNotes } from './store-notes.js';

/** The parts of a span that a seal tells apart. */
export type SpanPart = 'span' | 'attributes' | 'events' | 'links';

/** What a store's answer says, or cannot say, beside the spans. */
export type StoreNoteCode =
  /** Times are whole microseconds: OTLP's nanoseconds are lost. */
  | 'STORE_MICROSECONDS'
  /** A text that can have been a list, a map, an empty value. */
  | 'STORE_TEXT'
  /** Links without what they carried: trace state, attributes. */
  | 'STORE_LINKS'
  /** What the store itself says about a span or trace, and OTLP has no place for: warnings, flags, metrics. It is left out. */
  | 'STORE_NO_PLACE'
  /** A name that the store uses itself stands twice: an attribute of the application has it as well. */
  | 'STORE_AMBIGUOUS'
  /** A service name that stands where there was none. */
  | 'STORE_FILLED_IN'
  /** The store says that the answer is not all of it. */
  | 'STORE_PARTIAL'
  /** The store answered with errors. */
  | 'STORE_ERRORS';

export interface StoreNote {
  readonly code: StoreNoteCode;
  /** Where it was first seen, in the answer's spelling: `data[0].spans[2].tags[1]`. */
  readonly path: string;
  /** In how many places. */
  readonly count: number;
}

/** The traces of a store's answer as OTLP, and what the answer cannot hold of them. */
export interface StoredTraces {
  readonly request: TraceRequest;
  /**
   * For each span of the request, in order, the parts that the answer's format may have changed: there a seal need not
   * hold, though nobody changed the span. Without elements where that is no part of any span.
   */
  readonly cuts: readonly (readonly SpanPart[])[];
  readonly notes: readonly StoreNote[];
}

/**
 * Reads what a trace store's query API answered, text or UTF-8 bytes, which are attacker-controlled: Jaeger's
 * `{data:[…]}`, Jaeger's `{result:{resourceSpans}}`, Tempo's `{batches:[…]}` and `{trace:{resourceSpans}}`, and OTLP/JSON.
 * As strict and as bounded as {@link parseTraceRequest}; ids may be padded base64. Nothing is lost in silence: what has no place in
 * OTLP, or can be read in two ways, is a note.
 *
 * @throws {OtlpError} as {@link parseTraceRequest}; paths start at the answer, as in `data[0].spans[1].tags[2].value`.
 */
export function parseStoredTraces(json: string | Uint8Array, limits?: ReadLimits): StoredTraces {
  return orOtlpError(() => {
    const assembly = new Assembly(limits);
    const source = new JsonText(checkedDocument(json, assembly.limits.maxBytes));
    const answer = new JsonMessageReader(source, assembly, { base64Ids: true }).message(storeAnswer, 0);
    source.finish();
    return tracesOf(answer as StoreAnswer, assembly.limits.duplicateKeys === 'refuse');
  });
}

interface StoreAnswer {
  readonly resourceSpans?: ResourceSpans[];
  readonly batches?: ResourceSpans[];
  readonly trace?: { resourceSpans?: ResourceSpans[] };
  readonly result?: { resourceSpans?: ResourceSpans[] };
  readonly data?: JaegerTrace[];
  readonly metrics?: boolean;
  readonly errors?: boolean;
  readonly status?: unknown;
  readonly message?: unknown;
}

function tracesOf(answer: StoreAnswer, refuseDuplicates: boolean): StoredTraces {
  const notes = new StoreNotes();
  if (answer.errors) notes.add('STORE_ERRORS', 'errors');
  if (answer.metrics) notes.add('STORE_NO_PLACE', 'metrics');
  // Of Tempo; `COMPLETE` is the default, and is mostly left out.
  if (![undefined, null, '', 'COMPLETE'].includes(answer.status as string | undefined | null)) {
    notes.add('STORE_PARTIAL', 'status');
  }
  if (answer.message !== undefined && answer.message !== '') notes.add('STORE_NO_PLACE', 'message');
  const { resourceSpans, batches, trace, result, data } = answer;
  const carriers = [resourceSpans, batches, trace, result, data].filter((carrier) => carrier !== undefined);
  if (carriers.length > 1) refuse('DUPLICATE_FIELD', 'one list of traces', 'a second one');
  if (data !== undefined) return jaegerRequest(data, { notes, refuseDuplicates });
  if (result !== undefined)
    return { ...withoutWarnings(result.resourceSpans ?? [], notes), notes: notes.list() };
  const found = resourceSpans ?? batches ?? trace?.resourceSpans ?? [];
  return { request: { resourceSpans: found }, cuts: [], notes: notes.list() };
}
