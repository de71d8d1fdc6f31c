import {
  checkpointAttributeKey,
  decodeTraceRequest,
  parseTraceRequest,
  type TraceRequest,
} from '@spanseal/otlp';
import { createVerifier, type Finding, type Report, type SpanInRequest, type Verifier } from '@spanseal/seal';
import { bytesOf } from './hex.js';
import { type KeyRingInput, keyRingOf } from './key-ring-input.js';
import { itemsOf, type RequestInput, requestOf } from './request-input.js';

/** The verdict on a span or a checkpoint. */
export interface SpanExpected {
  readonly verdict: string;
  /** Of `changed`. */
  readonly sections?: readonly string[];
  /** Of `additions`: the keys, sorted. */
  readonly added?: readonly string[];
}

/** What is found on a checkpoint span: first of the span, then of the text in it. Nothing, where both are as they should be. */
export interface CheckpointExpected {
  readonly findings: readonly string[];
}

/** The verdict on a stream. */
export interface StreamExpected {
  readonly stream: string;
  readonly verdict: string;
  /** Ranges of seqs, both ends included. */
  readonly missing: readonly (readonly [number, number])[];
}

/** What a verifier is told beside its keys. */
export interface ToldInput {
  readonly now_millis?: number;
  readonly whole_traces_dropped?: boolean;
  /** Ids of streams, in the letters of seals. */
  readonly expected_streams?: readonly string[];
}

export interface VerdictInput {
  readonly key_ring: KeyRingInput;
  readonly request: RequestInput;
  readonly told?: ToldInput;
}

export interface VerdictExpected {
  /** In the order of the spans that are no checkpoints. */
  readonly spans: readonly SpanExpected[];
  /** In the order of the checkpoint spans. */
  readonly checkpoints: readonly CheckpointExpected[];
  /** In the order of their ids; those of several keys under one id as they came. */
  readonly streams: readonly StreamExpected[];
}

/** What the verifier of this implementation says, span by span. */
export function verdictsOf({ key_ring, request, told = {} }: VerdictInput): VerdictExpected {
  const verifier = createVerifier({
    keyRing: keyRingOf(key_ring),
    sampled: told.whole_traces_dropped ?? false,
    expectedStreams: told.expected_streams ?? [],
    ...(told.now_millis === undefined ? {} : { nowMillis: told.now_millis }),
  });
  const spans: SpanExpected[] = [];
  const checkpoints: CheckpointExpected[] = [];
  for (const item of itemsOf(decoded(request))) {
    const added = whatIsAdded(verifier, item);
    if (isCheckpoint(item)) checkpoints.push({ findings: added.findings.map(({ verdict }) => verdict) });
    else spans.push(spanVerdict(added));
  }
  return { spans, checkpoints, streams: streamsOf(verifier.finish()) };
}

/** The request, which both of its formats have to say. */
export function decoded({ protobuf, json }: RequestInput): TraceRequest {
  const request = decodeTraceRequest(bytesOf(protobuf), { duplicateKeys: 'keep' });
  if (json === undefined) return request;
  const other = parseTraceRequest(JSON.stringify(json), { duplicateKeys: 'keep' });
  if (JSON.stringify(other) !== JSON.stringify(request))
    throw new Error('protobuf and JSON are different requests');
  return request;
}

/** What one span adds to a report. */
interface Added {
  readonly findings: readonly Finding[];
  /** The verdict that was counted; a checkpoint that verified is not. */
  readonly counted: string | undefined;
}

function whatIsAdded(verifier: Verifier, item: SpanInRequest): Added {
  const before = verifier.finish();
  verifier.add(requestOf([item]));
  const after = verifier.finish();
  const counted = Object.entries(after.spans).find(
    ([verdict, count]) => verdict !== 'total' && count > (before.spans[verdict as 'valid'] ?? 0),
  );
  return { findings: ofSpans(after).slice(ofSpans(before).length), counted: counted?.[0] };
}

/** The findings of spans come in the order of the spans; those of streams name no span. */
function ofSpans({ findings }: Report): readonly Finding[] {
  return findings.filter(({ spanId, traceId }) => spanId !== undefined || traceId !== undefined);
}

function spanVerdict({ findings: [finding], counted = 'none' }: Added): SpanExpected {
  return {
    verdict: counted,
    ...(finding?.section === undefined ? {} : { sections: finding.section.split(/, */) }),
    ...(finding?.added === undefined || counted !== 'additions' ? {} : { added: [...finding.added].sort() }),
  };
}

function isCheckpoint({ span }: SpanInRequest): boolean {
  return span.attributes?.some(({ key }) => key === checkpointAttributeKey) ?? false;
}

/** By their ids; those of several keys under one id as they came. */
export function inOrder(streams: readonly StreamExpected[]): readonly StreamExpected[] {
  return [...streams].sort((left, right) =>
    left.stream === right.stream ? 0 : left.stream < right.stream ? -1 : 1,
  );
}

/** Of a stream that never occurs there is a finding alone. */
function streamsOf({ streams, findings }: Report): readonly StreamExpected[] {
  const seen = streams.map(({ stream, verdict, missing }) => ({ stream, verdict, missing }));
  const never = findings.flatMap(({ stream, spanId, verdict }) => {
    const isUnseen =
      stream !== undefined && spanId === undefined && !seen.some((one) => one.stream === stream);
    return isUnseen ? [{ stream, verdict, missing: [] }] : [];
  });
  return inOrder([...seen, ...never]);
}
