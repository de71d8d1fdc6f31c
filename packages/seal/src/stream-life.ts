import { decodeBytes } from './consonants.js';
import { streamIdLength, streamStart } from './stream-id.js';
import { epochSeconds } from './stream-key.js';
import type { StreamLedger } from './stream-ledger.js';

/** How long a stream that goes on may say nothing: it makes a checkpoint in every epoch. */
const silentMillis = 2 * epochSeconds * 1000;

function startMillis(ledger: StreamLedger): number {
  return 1000 * streamStart(decodeBytes(ledger.stream, streamIdLength) ?? new Uint8Array(streamIdLength));
}

/** Whether a stream may still go on at a time: its last checkpoint or span is recent. */
export function isRunning(ledger: StreamLedger, lastMillis: number, nowMillis: number): boolean {
  const spans = ledger.spans.size === 0 ? 0 : startMillis(ledger) + (ledger.epoch + 1) * epochSeconds * 1000;
  return nowMillis - Math.max(lastMillis, spans) <= silentMillis;
}

/** Whether `later` can be what a process began after it had died in the middle of `stream`. */
export function isRestart(stream: StreamLedger, later: StreamLedger): boolean {
  const [before, after] = [stream.origin, later.origin];
  if (stream === later || before?.service === undefined || before.service !== after?.service) return false;
  if (startMillis(later) <= startMillis(stream)) return false;
  return before.instance === undefined || after.instance === undefined || before.instance === after.instance;
}
