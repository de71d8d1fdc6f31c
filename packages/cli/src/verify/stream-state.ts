import type { Finding, StreamReport } from '@spanseal/seal';

/** How a stream ends, as far as anybody knows. */
export type StreamEnding = 'ended' | 'running' | 'no-end' | 'unknown';

/** A stream with what was found in it as a whole. */
export interface StreamState {
  readonly stream: StreamReport;
  readonly findings: readonly Finding[];
  readonly ending: StreamEnding;
  /** Two histories: they cannot be one bar. */
  readonly isForked: boolean;
}

/** Streams with their own findings, and the findings about streams that never occurred. */
export function streamStates(
  streams: readonly StreamReport[],
  findings: readonly Finding[],
): { readonly states: readonly StreamState[]; readonly absent: readonly Finding[] } {
  const byStream = new Map<string, Finding[]>(streams.map(({ stream }) => [stream, []]));
  const absent: Finding[] = [];
  for (const finding of findings) {
    // A finding with a span is about that span, though it names the stream as well.
    if (finding.stream === undefined || finding.spanId !== undefined) continue;
    const list = byStream.get(finding.stream) ?? absent;
    list.push(finding);
  }
  return { states: streams.map((stream) => stateOf(stream, byStream.get(stream.stream) ?? [])), absent };
}

function stateOf(stream: StreamReport, findings: readonly Finding[]): StreamState {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  const hasNoEnd = verdicts.has('truncated') || verdicts.has('stale') || verdicts.has('restart');
  const ending = stream.ended ? 'ended' : stream.open ? 'running' : hasNoEnd ? 'no-end' : 'unknown';
  return { stream, findings, ending, isForked: verdicts.has('fork') };
}

const endings: Readonly<Record<StreamEnding, string>> = {
  ended: 'ended',
  running: 'still running, no end yet',
  'no-end': 'no end',
  unknown: 'makes no checkpoints: whether it ended, nobody can say',
};

export function endingText(ending: StreamEnding): string {
  return endings[ending];
}
