import { previousLength, spanLeafToLatin1, traceTagLength } from './checkpoint.js';
import type { SignedCheckpoint } from './checkpoint-text.js';
import { encodeBytes } from './consonants.js';
import { merkleRoot } from './merkle-tree.js';
import type { Finding, StreamReport } from './report.js';
import { countOf, gapsBelow, joinRanges, rangesBelow, type SeqRange, splitRanges } from './seq-ranges.js';
import { GapTimes } from './stream-gaps.js';
import type { SeenCheckpoint, StreamLedger } from './stream-ledger.js';
import { lastSignOf, startMillis } from './stream-life.js';
import type { StreamVerdict } from './verdict.js';

/** What stands around a stream. */
export interface JudgementContext {
  /** The pipeline drops whole traces on purpose. */
  readonly sampled: boolean;
  /** Whether the stream may still go on: its last sign of life is recent. */
  readonly isAlive: (lastMillis: number) => boolean;
  /** Ids of other keys of which something verified under the same stream id. */
  readonly otherKeys: readonly string[];
  /** Whether the stream is one that has to go on. */
  readonly expected: boolean;
  /** Whether the same process, or its successor, began another stream later. Asked only of a stream without an end. */
  readonly isRestarted: () => boolean;
  /** Tags of the traces of which a span is there, in whichever stream. */
  readonly traces: ReadonlySet<string>;
}

/** What a stream's spans and checkpoints say together. */
export interface StreamJudgement {
  readonly report: StreamReport;
  readonly findings: readonly Finding[];
}

/** Judges a stream by its checkpoints: what is not there, what was admitted, what contradicts. */
export function judgeStream(ledger: StreamLedger, context: JudgementContext): StreamJudgement {
  const { stream, keyId, spans } = ledger;
  const checkpoints = [...ledger.checkpoints.values()].sort(
    (one, other) => one.checkpoint.number - other.checkpoint.number,
  );
  const findings: Finding[] = [];
  const find = (verdict: StreamVerdict, message: string): void => {
    findings.push({ verdict, stream, message });
  };
  for (const keyId of context.otherKeys)
    find('fork', `the key ${keyId} has sealed under the id of this stream`);
  for (const message of contradictions(ledger, checkpoints)) find('fork', message);
  const { missing, sampled, declared } = absentSpans(ledger, checkpoints, context);
  for (const [verdict, ranges] of [
    ['missing', missing],
    ['sampled-or-deleted', sampled],
    ['declared-loss', declared],
  ] as const) {
    if (ranges.length > 0) find(verdict, `${messages[verdict](countOf(ranges))}: seq ${rangesText(ranges)}`);
  }
  const unsealed = checkpoints.at(-1)?.checkpoint.unsealed ?? 0;
  if (unsealed > 0)
    find('declared-loss', `${counted(unsealed)} not there that were never sealed, as the sealer said`);
  const lack = lackOfCheckpoints(checkpoints);
  if (lack !== '') find('missing', lack);
  const last = checkpoints.at(-1)?.checkpoint;
  const times = { startMillis: startMillis(ledger), lastMillis: lastSignOf(ledger, last?.toMillis ?? 0) };
  const ending = isOpen(ledger, last) ? endingOf(times.lastMillis, context) : undefined;
  if (ending !== undefined) find(ending, endings[ending]);
  const at = new GapTimes(checkpoints, times);
  const gaps = [
    ...at.of('missing', missing),
    ...at.of('declared', declared),
    ...at.of('sampled', sampled),
    ...at.ofCheckpoints(),
  ];
  return {
    report: {
      ...{ stream, keyId, verdict: worst(findings), spans: spans.size, missing },
      ...(declared.length > 0 && { declared }),
      ...(sampled.length > 0 && { sampled }),
      ...(isOpen(ledger, last) && ending === undefined && { open: true as const }),
      ...(unsealed > 0 && { unsealed }),
      ...(checkpoints.length > 0 && { checkpoints: checkpoints.length }),
      ...times,
      ...(last?.end && { ended: true as const }),
      ...(gaps.length > 0 && { gaps }),
    },
    findings,
  };
}

/**
 * Seqs that are not there: unsaid, of traces that are not there at all, and as the sealer itself said. Where checkpoints follow, seqs
 * of which none tells are not counted: they can be on their way, or have gone with a process that died, which the stream's end says.
 */
function absentSpans(
  { spans, anchored }: StreamLedger,
  checkpoints: readonly SeenCheckpoint[],
  context: JudgementContext,
): { readonly missing: SeqRange[]; readonly sampled: SeqRange[]; readonly declared: SeqRange[] } {
  const said = checkpoints.reduce((end, { checkpoint: { first, count } }) => Math.max(end, first + count), 0);
  const gaps = gapsBelow(spans.seqs(), said);
  const isAnchored = anchored || checkpoints.length > 0;
  const lost = splitRanges(isAnchored ? rangesBelow(gaps, said) : gaps, declaredRanges(checkpoints));
  const { inside: sampled, outside: missing } = context.sampled
    ? splitRanges(lost.outside, absentTraces(checkpoints, context.traces))
    : { inside: [], outside: lost.outside };
  return { missing, sampled, declared: lost.inside };
}

const messages = {
  missing: (count: number) => `${counted(count)} missing, or did not verify`,
  'sampled-or-deleted': (count: number) =>
    `${counted(count)} not there, and neither is the rest of their traces`,
  'declared-loss': (count: number) => `${counted(count)} not there, and the sealer itself said so`,
};

function counted(count: number): string {
  return count === 1 ? '1 span is' : `${count} spans are`;
}

const endings: Readonly<Record<'truncated' | 'stale' | 'restart', string>> = {
  stale: 'the stream has no end, and has not been heard of for two epochs',
  truncated: 'the stream has no end: what came after its last checkpoint may be cut off',
  restart:
    'the stream has no end, and another one of the same service began later: a process that died, or its end was cut off',
};

/** From the worst to the best. */
const order: readonly StreamVerdict[] = [
  'fork',
  'missing',
  'stale',
  'truncated',
  'restart',
  'sampled-or-deleted',
  'declared-loss',
];

function worst(findings: readonly Finding[]): StreamVerdict {
  return order.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? 'complete';
}

/** What only a second history of the same stream explains. */
function contradictions(ledger: StreamLedger, checkpoints: readonly SeenCheckpoint[]): string[] {
  const found = [...ledger.forked].map((number) => `two checkpoints have the number ${number}`);
  for (const [index, { checkpoint }] of checkpoints.entries()) {
    const { number } = checkpoint;
    const before = checkpoints[index - 1];
    const fault = number === 0 ? faultOfFirst(checkpoint) : before && faultOfNext(before, checkpoint);
    if (fault) found.push(`checkpoint ${number} ${fault}`);
    if (checkpoint.toMillis < checkpoint.fromMillis) found.push(`checkpoint ${number} ends before it begins`);
    if (endsBeforeSpans(ledger, checkpoint))
      found.push(`checkpoint ${number} is the end, and spans follow it`);
    if (contradictsSpans(ledger, checkpoint))
      found.push(`checkpoint ${number} is about other spans than these`);
  }
  return found;
}

function faultOfFirst({ first, previous }: SignedCheckpoint): string | undefined {
  const isFirst = first === 0 && Buffer.compare(previous, new Uint8Array(previousLength)) === 0;
  return isFirst ? undefined : 'follows another one, and is the first';
}

function faultOfNext(before: SeenCheckpoint, checkpoint: SignedCheckpoint): string | undefined {
  const { first, count, number, end } = before.checkpoint;
  if (end) return 'follows the end';
  if (checkpoint.fromMillis < before.checkpoint.toMillis) return 'begins before an earlier one ends';
  if (checkpoint.number !== number + 1) return undefined;
  if (Buffer.compare(before.digest, checkpoint.previous) !== 0) return 'follows another one than this';
  if (checkpoint.fromMillis !== before.checkpoint.toMillis) return 'does not begin when the one before ends';
  return checkpoint.first === first + count ? undefined : 'does not begin where the one before ends';
}

/** The end is about all spans of a stream. */
function endsBeforeSpans({ spans }: StreamLedger, { first, count, end }: SignedCheckpoint): boolean {
  if (!end) return false;
  for (const seq of spans.seqs()) if (seq >= first + count) return true;
  return false;
}

/** Whether all spans of a checkpoint are there, and have another root. */
function contradictsSpans({ spans }: StreamLedger, { first, count, root }: SignedCheckpoint): boolean {
  const leaves: string[] = [];
  for (let seq = first; seq < first + count; seq += 1) {
    const mac = spans.macAt(seq);
    if (mac === undefined) return false;
    leaves.push(spanLeafToLatin1(seq, mac));
  }
  return Buffer.compare(merkleRoot(leaves), root) !== 0;
}

function declaredRanges(checkpoints: readonly SeenCheckpoint[]): SeqRange[] {
  return joinRanges(
    checkpoints.flatMap(({ checkpoint: { losses } }) =>
      losses.map(({ first, count }): SeqRange => [first, first + count - 1]),
    ),
  );
}

/** Tags of the traces of the spans of a stream. */
export function traceTagsOf({ spans }: StreamLedger): string[] {
  const tags = new Set<string>();
  for (const seq of spans.seqs()) tags.add(encodeBytes(spans.get(seq)?.traceTag ?? new Uint8Array()));
  return [...tags];
}

/** Seqs of spans of whose traces no span is there, as far as checkpoints tell. */
function absentTraces(checkpoints: readonly SeenCheckpoint[], present: ReadonlySet<string>): SeqRange[] {
  const absent: SeqRange[] = [];
  for (const { checkpoint } of checkpoints) {
    for (let index = 0; index < checkpoint.count; index += 1) {
      const at = index * traceTagLength;
      const seq = checkpoint.first + index;
      if (!present.has(encodeBytes(checkpoint.traceTags.subarray(at, at + traceTagLength))))
        absent.push([seq, seq]);
    }
  }
  return joinRanges(absent);
}

function lackOfCheckpoints(checkpoints: readonly SeenCheckpoint[]): string {
  const gaps = gapsBelow(
    checkpoints.map(({ checkpoint }) => checkpoint.number),
    0,
  );
  const count = countOf(gaps);
  if (count === 0) return '';
  return `${count === 1 ? '1 checkpoint is' : `${count} checkpoints are`} missing: ${rangesText(gaps)}`;
}

/** Whether a stream that makes checkpoints has no end. */
function isOpen(ledger: StreamLedger, last: SignedCheckpoint | undefined): boolean {
  return last === undefined ? ledger.anchored : !last.end;
}

/** How a stream ends that has no end; undefined for one that goes on. */
function endingOf(
  lastMillis: number,
  { isAlive, isRestarted, expected }: JudgementContext,
): keyof typeof endings | undefined {
  if (isAlive(lastMillis)) return undefined;
  if (isRestarted()) return 'restart';
  return expected ? 'stale' : 'truncated';
}

function rangesText(ranges: readonly SeqRange[]): string {
  const shown = ranges.slice(0, 10).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return shown.join(', ') + (ranges.length > 10 ? ' …' : '');
}
