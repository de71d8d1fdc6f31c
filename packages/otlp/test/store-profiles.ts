import {
  canonicalCoreSpan,
  decodeTraceRequest,
  parseStoredTraces,
  parseTraceRequest,
  type TraceRequest,
} from '../src/index.js';
import { canonicalLines, hexOf, spansOf } from './requests.js';
import { refusedCodes } from './survival-refusals.js';
import { bytesOf, loadVectors, type RecordedText, type SurvivalCase } from './vectors.js';

/** How many of the recorded requests a store gave back, and in how many of those all spans kept a profile. */
export interface KeptProfiles {
  given: number;
  exact: number;
  core: number;
}

/** What a seal covers of a span in the core profile: its core form, scope name and version, service name. */
function coreLines({ resourceSpans }: TraceRequest): string[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) => {
      const service = resource?.attributes?.find(({ key }) => key === 'service.name')?.value?.stringValue;
      const isThere = service !== undefined && service !== 'missing-service-name';
      const around = JSON.stringify([scope?.name ?? '', scope?.version ?? '', isThere ? service : '']);
      return spans.map((span) => `${around} ${hexOf(canonicalCoreSpan(span))}`);
    }),
  );
}

/** The exact profile covers no resource attribute that was not there when the span was sealed. */
function exactLines(request: TraceRequest): string[] {
  return canonicalLines(request).map(
    (line, index) => `${line.split(' ').slice(1).join(' ')} ${coreLines(request)[index]}`,
  );
}

/** Equal spans count once: a store may keep one of them. */
const asSet = (lines: readonly string[]): string => [...new Set(lines)].sort().join('\n');

function readExit(exit: string, recorded: RecordedText): TraceRequest {
  if (exit.endsWith('Proto')) return decodeTraceRequest(Buffer.from(String(recorded), 'base64'));
  const isJaeger = exit === 'v1' || exit === 'v3';
  return isJaeger ? parseStoredTraces(bytesOf(recorded)).request : parseTraceRequest(bytesOf(recorded));
}

/** Counts what is kept by one exit of a recorded store. `before` stands for what was sent. */
export function keptProfiles(
  corpus: 'collector-survival' | 'jaeger-survival',
  exit: string,
  before: (request: TraceRequest) => TraceRequest = (request) => request,
): KeptProfiles {
  const kept = { given: 0, exact: 0, core: 0 };
  for (const { id, request, exits = {} } of loadVectors<SurvivalCase>(corpus)) {
    const recorded = exits[exit];
    if (refusedCodes.has(id) || recorded === undefined || recorded === null) continue;
    const sent = before(decodeTraceRequest(Buffer.from(request, 'base64')));
    let given: TraceRequest;
    try {
      given = readExit(exit, recorded);
    } catch {
      continue;
    }
    if (given.resourceSpans.length === 0) continue;
    kept.given += 1;
    if (asSet(coreLines(sent)) === asSet(coreLines(given))) kept.core += 1;
    if (asSet(exactLines(sent)) === asSet(exactLines(given))) kept.exact += 1;
  }
  return kept;
}

/** What is left of times in microseconds, and of a duration in whole ones. */
export function inMicroseconds(request: TraceRequest): TraceRequest {
  const cut = (time: unknown) => (BigInt(String(time ?? 0)) / 1000n) * 1000n;
  const copy = structuredClone(request);
  for (const span of spansOf(copy)) {
    const [start, end] = [BigInt(span.startTimeUnixNano ?? 0), BigInt(span.endTimeUnixNano ?? 0)];
    span.startTimeUnixNano = String(cut(start));
    span.endTimeUnixNano = String(cut(start) + cut(end > start ? end - start : 0n));
    for (const event of span.events ?? []) event.timeUnixNano = String(cut(event.timeUnixNano));
  }
  return copy;
}
