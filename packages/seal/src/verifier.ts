import {
  decodeTraceRequest,
  OtlpError,
  parseTraceRequest,
  type ReadLimits,
  readTraceRequestObject,
  type TraceRequest,
} from '@spanseal/otlp';
import { type CheckContext, checkSpan, macText } from './check-span.js';
import { encodeBytes } from './consonants.js';
import { isKeyRing, type KeyRing } from './key-ring.js';
import type { Finding, Report, SpanCounts, StreamReport } from './report.js';
import { kindOf, SealError, type SealFault, shownOption } from './seal-error.js';
import type { SpanInRequest } from './span-in-request.js';
import { SpanSurroundings } from './span-surroundings.js';
import { StreamKeys } from './stream-keys.js';
import { StreamLedger } from './stream-ledger.js';
import { type SpanVerdict, type Weight, weightOf } from './verdict.js';
import { describeSpanVerdict } from './verdict-text.js';

export interface VerifierOptions {
  keyRing: KeyRing;
  /** Ids of streams that must occur, as they stand in reports. One that never occurs is `missing`. Default: none. */
  expectedStreams?: readonly string[];
  /** How many spans of its stream later an identical span is still a retry and not a replay. Default: without limit. */
  replayWindow?: number;
  /** Refuse spans that the sealer itself marked as sealed long after their end (`epoch-mismatch`). Default: false. */
  refuseLate?: boolean;
}

/** Verifies the spans of any number of requests, in any order. */
export interface Verifier {
  /**
   * Takes one ExportTraceServiceRequest: protobuf bytes, OTLP/JSON text, or the parsed JSON. Never throws for content:
   * what cannot be decoded is a finding.
   */
  add(request: Uint8Array | string | object): void;
  /** What was found so far. Never stops at the first finding. */
  finish(): Report;
}

const verifierOptions: readonly string[] = ['keyRing', 'expectedStreams', 'replayWindow', 'refuseLate'];

/** @throws SealError `ERR_SPANSEAL_VERIFIER` with every fault at once. */
export function createVerifier(options: VerifierOptions): Verifier {
  const faults: SealFault[] = [];
  const given = options ?? {};
  for (const name of Object.keys(given).filter((each) => !verifierOptions.includes(each))) {
    faults.push({
      path: shownOption(name),
      expected: `only ${verifierOptions.join(', ')}`,
      got: 'an unknown option',
    });
  }
  const {
    keyRing,
    expectedStreams = [],
    replayWindow = Number.POSITIVE_INFINITY,
    refuseLate = false,
  } = given;
  if (!isKeyRing(keyRing)) {
    faults.push({ path: 'keyRing', expected: 'a key ring of createKeyRing()', got: kindOf(keyRing) });
  }
  if (!Array.isArray(expectedStreams) || expectedStreams.some((stream) => typeof stream !== 'string')) {
    faults.push({
      path: 'expectedStreams',
      expected: 'an array of stream ids',
      got: kindOf(expectedStreams),
    });
  }
  if (typeof replayWindow !== 'number' || !(replayWindow >= 0)) {
    faults.push({
      path: 'replayWindow',
      expected: 'a number of spans, 0 or more',
      got: kindOf(replayWindow),
    });
  }
  if (typeof refuseLate !== 'boolean') {
    faults.push({ path: 'refuseLate', expected: 'true or false', got: kindOf(refuseLate) });
  }
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_VERIFIER', faults);
  return new TraceVerifier({ keyRing, expectedStreams, replayWindow, refuseLate });
}

/** Findings about spans and requests that a report lists. */
const maxFindings = 10_000;

class TraceVerifier implements Verifier {
  readonly #options: Required<VerifierOptions>;
  readonly #context: CheckContext;
  readonly #counts: SpanCounts = { total: 0, valid: 0, invalid: 0, changed: 0 };
  readonly #ledgers = new Map<string, StreamLedger>();
  readonly #findings: Finding[] = [];
  #omitted = 0;
  #weights = new Set<Weight>();

  constructor(options: Required<VerifierOptions>) {
    const { keyRing, refuseLate } = options;
    this.#options = options;
    this.#context = {
      keyRing,
      streamKeys: new StreamKeys(keyRing.realm),
      surroundings: new SpanSurroundings(),
      acceptLate: !refuseLate,
    };
  }

  add(request: Uint8Array | string | object): void {
    let decoded: TraceRequest;
    try {
      decoded = decode(request);
    } catch (error) {
      const reason =
        error instanceof OtlpError
          ? error.path
            ? `${error.code} at ${error.path}`
            : error.code
          : 'not an OTLP trace request';
      this.#weights.add('incomplete');
      this.#find({ verdict: 'malformed', message: `a request cannot be decoded: ${reason}` });
      return;
    }
    for (const item of spansOf(decoded)) this.#take(item);
  }

  finish(): Report {
    const streams = [...this.#ledgers.values()].map((ledger) => ledger.report());
    const absent = this.#options.expectedStreams.filter((stream) => !this.#ledgers.has(stream));
    const losses = [
      ...streams.filter(({ missing }) => missing.length > 0).map(describeMissing),
      ...absent.map((stream) => ({
        verdict: 'missing' as const,
        stream,
        message: 'an expected stream never occurred',
      })),
    ];
    const weights = new Set(this.#weights);
    // Nothing verified is not intact: who deletes everything must not end up with a clean report.
    if (losses.length > 0 || this.#counts.total === 0) weights.add('incomplete');
    return {
      result: weights.has('tampered') ? 'tampered' : weights.has('incomplete') ? 'incomplete' : 'intact',
      spans: { ...this.#counts },
      streams,
      findings: [...this.#findings, ...losses],
      ...(this.#omitted > 0 && { findingsOmitted: this.#omitted }),
    };
  }

  #take(item: SpanInRequest): void {
    const { verdict: alone, seal } = checkSpan(item, this.#context);
    const verdict = seal && isVerified(alone) ? this.#record(alone, seal) : alone;
    this.#counts.total += 1;
    this.#counts[verdict] = (this.#counts[verdict] ?? 0) + 1;
    this.#weights.add(weightOf(verdict));
    if (verdict === 'valid' || verdict === 'duplicate') return;
    this.#find({
      verdict,
      ...(seal && { stream: encodeBytes(seal.stream), seq: seal.seq }),
      traceId: item.span.traceId ?? '',
      spanId: item.span.spanId ?? '',
      message: describeSpanVerdict(verdict),
    });
  }

  /** Attackers choose how many findings there are: past a bound they are counted. */
  #find(finding: Finding): void {
    if (this.#findings.length < maxFindings) this.#findings.push(finding);
    else this.#omitted += 1;
  }

  /** Sets a span that verified beside the others of its stream. */
  #record(
    alone: SpanVerdict,
    seal: Parameters<typeof macText>[0] & { keyId: string; seq: number },
  ): SpanVerdict {
    const stream = encodeBytes(seal.stream);
    const ledger = this.#ledgers.get(stream) ?? new StreamLedger(stream, seal.keyId);
    this.#ledgers.set(stream, ledger);
    const entry = ledger.record({ seq: seal.seq, mac: macText(seal) }, this.#options.replayWindow);
    // A copy that lost its tail, or had it changed, is not the same span again.
    return entry === 'new' || (entry === 'duplicate' && alone === 'valid-core') ? alone : entry;
  }
}

function isVerified(verdict: SpanVerdict): boolean {
  return verdict === 'valid' || verdict === 'valid-core';
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

export function* spansOf(request: TraceRequest): Generator<SpanInRequest> {
  for (const { resource, scopeSpans, schemaUrl: resourceSchemaUrl } of request.resourceSpans) {
    for (const { scope, spans, schemaUrl: scopeSchemaUrl } of scopeSpans) {
      for (const span of spans) yield { span, scope, scopeSchemaUrl, resource, resourceSchemaUrl };
    }
  }
}

function describeMissing({ stream, missing }: StreamReport): Finding {
  const count = missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const ranges = missing.slice(0, 10).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const more = missing.length > 10 ? ' …' : '';
  const what = count === 1 ? '1 span is' : `${count} spans are`;
  return {
    verdict: 'missing',
    stream,
    message: `${what} missing, or did not verify: seq ${ranges.join(', ')}${more}`,
  };
}
