import {
  decodeSpan,
  decodeTraceRequest,
  OtlpError,
  ownText,
  PlainSpan,
  parseTraceRequest,
  type ReadLimits,
  readTraceRequestObject,
  type ScannedRequest,
  type Span,
  scanTraceRequest,
  type TraceRequest,
} from '@spanseal/otlp';
import { checkCheckpoint } from './check-checkpoint.js';
import { type CheckContext, checkPlainSpan, checkSpan, type SpanCheck } from './check-span.js';
import { checkpointSpanFault, checkpointTextOf } from './checkpoint-span.js';
import { encodeBytes } from './consonants.js';
import type { Finding, Report, SpanCounts } from './report.js';
import type { RequestSource, UnreadableInput } from './request-source.js';
import type { SealParts } from './seal-text.js';
import type { SpanInRequest, Surroundings } from './span-in-request.js';
import { type InclusionRefusal, proveInclusion, type SpanInclusion } from './span-inclusion.js';
import type { SectionName } from './span-sections.js';
import { SpanSurroundings } from './span-surroundings.js';
import { judgeStream, traceTagsOf } from './stream-judgement.js';
import { StreamKeys } from './stream-keys.js';
import { type SpanIds, StreamLedger, type VerifiedSpan } from './stream-ledger.js';
import { isRunning, StreamStarts } from './stream-life.js';
import { type SpanVerdict, streamWeightOf, type Weight, weightOf } from './verdict.js';
import { cutText, describeSpanVerdict } from './verdict-text.js';
import {
  type CheckedVerifierOptions,
  checkVerifierOptions,
  type VerifierOptions,
} from './verifier-options.js';

/** Verifies the spans of any number of requests, in any order. */
export interface Verifier {
  /**
   * Takes one ExportTraceServiceRequest: protobuf bytes, OTLP/JSON text, or the parsed JSON. Never throws for content:
   * what cannot be decoded is a finding.
   */
  add(request: Uint8Array | string | object, source?: RequestSource): void;
  /** Takes note of input that could not be read, so that it is not passed over: a finding, and the report is not `intact`. */
  addUnreadable(input: UnreadableInput): void;
  /** What was found so far. Never stops at the first finding. */
  finish(): Report;
  /** Proves that a checkpoint is about the span with this id, 16 hexadecimal digits, or says why it cannot. */
  prove(spanId: string): SpanInclusion | InclusionRefusal;
}

/** @throws SealError `ERR_SPANSEAL_VERIFIER` with every fault at once. */
export function createVerifier(options: VerifierOptions): Verifier {
  return new TraceVerifier(checkVerifierOptions(options));
}

/** Bytes that are read, over all spans, to find out which attributes were added: a few seconds. */
const mostTrialBytes = 32 * 2 ** 20;
/** Findings about spans and requests that a report lists. */
const maxFindings = 10_000;

class TraceVerifier implements Verifier {
  readonly #options: CheckedVerifierOptions;
  readonly #context: CheckContext;
  readonly #counts: SpanCounts = { total: 0, valid: 0, invalid: 0, changed: 0 };
  /** By key and stream. */
  readonly #ledgers = new Map<string, StreamLedger>();
  readonly #findings: Finding[] = [];
  /** Where the last span went: the spans of a request are of few streams. */
  #last: { readonly stream: Uint8Array; readonly ledger: StreamLedger } | undefined;
  #omitted = 0;
  /** Of the request that is read now. */
  #source: string | undefined;
  #weights = new Set<Weight>();

  constructor(options: CheckedVerifierOptions) {
    const { keyRing, refuseLate } = options;
    this.#options = options;
    this.#context = {
      keyRing,
      streamKeys: new StreamKeys(keyRing.realm),
      surroundings: new SpanSurroundings(),
      acceptLate: !refuseLate,
      trials: { left: mostTrialBytes },
    };
  }

  add(request: Uint8Array | string | object, { name: source, cuts }: RequestSource = {}): void {
    let decoded: ScannedRequest;
    try {
      decoded = request instanceof Uint8Array ? scanTraceRequest(request, readLimits) : decode(request);
    } catch (error) {
      const { code, path } =
        error instanceof OtlpError ? error : { code: 'not an OTLP trace request', path: '' };
      this.addUnreadable({ code, path, ...(source !== undefined && { source }) });
      return;
    }
    this.#source = source;
    let index = 0;
    for (const { spans, around } of groupsOf(decoded))
      for (const span of spans) this.#take(span, around, cuts?.[index++]);
  }

  addUnreadable({ code, path, source }: UnreadableInput): void {
    const reason = path === '' ? code : `${code} at ${path}`;
    const message = `a request cannot be decoded: ${reason}`;
    this.#weights.add('incomplete');
    this.#find({ verdict: 'malformed', ...(source !== undefined && { source }), message });
  }

  finish(): Report {
    const { expectedStreams, sampled, nowMillis } = this.#options;
    const ledgers = [...this.#ledgers.values()];
    const starts = new StreamStarts(ledgers);
    const expected = new Set(expectedStreams);
    const isExpected = ({ stream, keyId }: StreamLedger): boolean =>
      expected.has(stream) || expected.has(streamName(keyId, stream));
    const keys = keysByStream(ledgers);
    const traces = new Set(sampled ? ledgers.flatMap(traceTagsOf) : []);
    const judgements = ledgers.map((ledger) =>
      judgeStream(ledger, {
        sampled,
        traces,
        expected: isExpected(ledger),
        otherKeys: (keys.get(ledger.stream) ?? []).filter((keyId) => keyId !== ledger.keyId),
        isAlive: (lastMillis) => isRunning(lastMillis, nowMillis),
        isRestarted: () => starts.isRestarted(ledger),
      }),
    );
    const absent = expectedStreams
      .filter((expectation) => !keys.has(expectation) && !this.#ledgers.has(expectation))
      .map(absentStream);
    const found = judgements.flatMap(({ findings }) => findings);
    const weights = new Set(this.#weights);
    for (const { verdict } of judgements.map(({ report }) => report)) weights.add(streamWeightOf(verdict));
    // Nothing verified is not intact: who deletes everything must not end up with a clean report.
    if (absent.length > 0 || this.#counts.total === 0) weights.add('incomplete');
    return {
      result: weights.has('tampered') ? 'tampered' : weights.has('incomplete') ? 'incomplete' : 'intact',
      spans: { ...this.#counts },
      streams: judgements.map(({ report }) => report),
      findings: [...this.#findings, ...found, ...absent],
      ...(this.#omitted > 0 && { findingsOmitted: this.#omitted }),
    };
  }

  prove(spanId: string): SpanInclusion | InclusionRefusal {
    return proveInclusion(this.#ledgers.values(), spanId);
  }

  /** Most spans verify as they came; the others are taken apart to say why they do not. */
  #take(span: Span | PlainSpan, around: Surroundings, cuts: readonly SectionName[] = []): void {
    if (!(span instanceof PlainSpan)) {
      this.#takeItem({ ...around, span }, cuts);
      return;
    }
    const { scope, scopeSchemaUrl, resource, resourceSchemaUrl } = around;
    const item = { span: span.parts, scope, scopeSchemaUrl, resource, resourceSchemaUrl };
    const check = checkPlainSpan(span, item, this.#context);
    if (check !== undefined) this.#judge({ around, ids: span, check }, cuts);
    else this.#takeItem({ ...around, span: decodeSpan(span.message, readLimits) }, cuts);
  }

  #takeItem(item: SpanInRequest, cuts: readonly SectionName[]): void {
    const text = checkpointTextOf(item.span);
    if (text !== undefined) {
      this.#takeCheckpoint(item, text);
      return;
    }
    this.#judge({ around: item, ids: idsOf(item.span), check: checkSpan(item, this.#context) }, cuts);
  }

  #judge({ around, ids, check }: CheckedSpan, cuts: readonly SectionName[]): void {
    const { verdict: alone, seal, sections, added } = check;
    const verdict = seal && isVerified(alone) ? this.#record({ around, ids, seal }, alone) : alone;
    if (verdict === 'valid') {
      this.#count(ids, verdict);
      return;
    }
    this.#count(ids, verdict, {
      ...(seal && { stream: encodeBytes(seal.stream), seq: seal.seq }),
      ...(seal && verdict === 'unknown-key' && { keyId: seal.keyId }),
      ...(sections && { section: sections.join(', ') }),
      ...(added && { added: added.map(shownKey) }),
      ...(sections?.every((section) => cuts.includes(section)) && { cut: true }),
    });
  }

  #count(ids: SpanIds, verdict: SpanVerdict, place: Partial<Finding> = {}): void {
    this.#counts.total += 1;
    this.#counts[verdict] = (this.#counts[verdict] ?? 0) + 1;
    this.#weights.add(place.cut ? 'incomplete' : weightOf(verdict));
    if (verdict === 'valid' || verdict === 'duplicate') return;
    this.#find({
      verdict,
      ...place,
      traceId: hexOf(ids.traceId),
      spanId: hexOf(ids.spanId),
      message: place.cut ? cutText : describeSpanVerdict(verdict),
    });
  }

  /** A span that carries a checkpoint is none of those that are sealed. */
  #takeCheckpoint(item: SpanInRequest, text: string): void {
    const fault = checkpointSpanFault(item);
    if (fault !== undefined) this.#count(idsOf(item.span), fault);
    const { verdict, checkpoint } = checkCheckpoint(text, this.#context);
    if (verdict === 'valid' && checkpoint !== undefined) {
      this.#ledgerOf(checkpoint).anchor(checkpoint, text);
      return;
    }
    this.#weights.add(weightOf(verdict));
    this.#find({
      verdict,
      ...(checkpoint && { stream: encodeBytes(checkpoint.stream) }),
      ...(checkpoint && verdict === 'unknown-key' && { keyId: checkpoint.keyId }),
      ...this.#placeOf(item.span),
      message: `a checkpoint: ${describeSpanVerdict(verdict)}`,
    });
  }

  /** Where a checkpoint stands: what a witness kept has no ids. */
  #placeOf({ traceId = '', spanId = '' }: Span): Partial<Finding> {
    if (spanId === '' && this.#source !== undefined) return { source: this.#source };
    return { traceId: ownText(traceId), spanId: ownText(spanId) };
  }

  /** A stream id is public: what another key has sealed under it is no part of the stream. */
  #ledgerOf({ stream, keyId }: Pick<SealParts, 'stream' | 'keyId'>): StreamLedger {
    const last = this.#last;
    if (last?.stream === stream && last.ledger.keyId === keyId) return last.ledger;
    const id = encodeBytes(stream);
    const name = streamName(keyId, id);
    const ledger = this.#ledgers.get(name) ?? new StreamLedger(id, keyId);
    this.#ledgers.set(name, ledger);
    this.#last = { stream, ledger };
    return ledger;
  }

  /** Attackers choose how many findings there are: past a bound they are counted. */
  #find(finding: Finding): void {
    if (this.#findings.length < maxFindings) this.#findings.push(finding);
    else this.#omitted += 1;
  }

  /** Sets a span that verified beside the others of its stream. */
  #record(span: VerifiedSpan, verdict: SpanVerdict): SpanVerdict {
    const entry = this.#ledgerOf(span.seal).record(span, this.#options.replayWindow);
    // A copy that lost its tail, or had something added, is not the same span again.
    return entry === 'new' || (entry === 'duplicate' && verdict !== 'valid') ? verdict : entry;
  }
}

/** Control characters that JSON leaves as they are, and what turns the direction of text around (UAX #9). */
const unseen = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** As in a seal, in which neither of the two can hold the sign. */
function streamName(keyId: string, stream: string): string {
  return `${keyId}~${stream}`;
}

function keysByStream(ledgers: readonly StreamLedger[]): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const { stream, keyId } of ledgers) keys.set(stream, [...(keys.get(stream) ?? []), keyId]);
  return keys;
}

function absentStream(expectation: string): Finding {
  const [stream = '', keyId] = expectation.split('~').reverse();
  return {
    verdict: 'missing',
    stream,
    ...(keyId !== undefined && { keyId }),
    message: 'an expected stream never occurred',
  };
}

/** A key comes from whoever added it. */
function shownKey(key: string): string {
  const shown = JSON.stringify(key.slice(0, 100)).slice(1, -1);
  return shown.replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether the MAC holds: the span was sealed, and is there. */
function isVerified(verdict: SpanVerdict): boolean {
  return verdict === 'valid' || verdict === 'valid-core' || verdict === 'additions';
}

/** A span that was checked by itself. */
interface CheckedSpan {
  readonly around: Surroundings;
  readonly ids: SpanIds;
  readonly check: SpanCheck;
}

/** Spans of one scope, taken apart or not. */
interface SpanGroup {
  readonly spans: readonly (Span | PlainSpan)[];
  readonly around: Surroundings;
}

/** A key that stands twice is the fault of one span, not of its whole request: the canonical form refuses it. Long lists are bounded by all their elements together. */
const readLimits: ReadLimits = { duplicateKeys: 'keep', maxListLength: 4_000_000 };

/** @throws OtlpError */
export function decode(request: Uint8Array | string | object): TraceRequest {
  if (request instanceof Uint8Array) return decodeTraceRequest(request, readLimits);
  return typeof request === 'string'
    ? parseTraceRequest(request, readLimits)
    : readTraceRequestObject(request, readLimits);
}

function* groupsOf(request: ScannedRequest): Generator<SpanGroup> {
  for (const { resource, scopeSpans, schemaUrl: resourceSchemaUrl } of request.resourceSpans) {
    for (const { scope, spans, schemaUrl: scopeSchemaUrl } of scopeSpans)
      yield { spans, around: { scope, scopeSchemaUrl, resource, resourceSchemaUrl } };
  }
}

function idsOf({ traceId = '', spanId = '' }: Span): SpanIds {
  return { traceId: Buffer.from(traceId, 'hex'), spanId: Buffer.from(spanId, 'hex') };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
