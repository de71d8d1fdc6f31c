import { decodeBytes } from './consonants.js';
import { streamIdLength, streamStart } from './stream-id.js';
import { epochSeconds } from './stream-key.js';
import type { StreamLedger } from './stream-ledger.js';

/** How long a stream that goes on may say nothing: it makes a checkpoint in every epoch. */
const silentMillis = 2 * epochSeconds * 1000;

/** When a stream began, in milliseconds since the Unix epoch. */
export function startMillis(ledger: StreamLedger): number {
  return 1000 * streamStart(decodeBytes(ledger.stream, streamIdLength) ?? new Uint8Array(streamIdLength));
}

/** The last sign of life of a stream: its last checkpoint, made at `checkpointMillis`, or the beginning of the epoch of its last span. */
export function lastSignOf(ledger: StreamLedger, checkpointMillis: number): number {
  const spans = ledger.spans.size === 0 ? 0 : startMillis(ledger) + ledger.epoch * epochSeconds * 1000;
  return Math.max(checkpointMillis, spans);
}

/** Whether a stream may still go on at a time, given its last sign of life. */
export function isRunning(lastMillis: number, nowMillis: number): boolean {
  // A clock that ran ahead must not keep a stream alive for as long.
  return Math.abs(nowMillis - lastMillis) <= silentMillis;
}

/** When the latest streams of each service began, so that not every stream has to be set beside every other. */
export class StreamStarts {
  /** By service, and by service and instance; `undefined` stands for streams that name none. */
  readonly #latest = new Map<string, Map<string | undefined, number>>();

  constructor(ledgers: Iterable<StreamLedger>) {
    for (const ledger of ledgers) {
      const { service, instance } = ledger.origin ?? {};
      if (service === undefined) continue;
      const instances = this.#latest.get(service) ?? new Map<string | undefined, number>();
      this.#latest.set(service, instances);
      instances.set(instance, Math.max(instances.get(instance) ?? 0, startMillis(ledger)));
    }
  }

  /** Whether the same process, or its successor, began another stream after this one: what is left of one that died. */
  isRestarted(ledger: StreamLedger): boolean {
    const { service, instance } = ledger.origin ?? {};
    const instances = service === undefined ? undefined : this.#latest.get(service);
    if (instances === undefined) return false;
    const starts =
      instance === undefined
        ? [...instances.values()]
        : [instances.get(instance) ?? 0, instances.get(undefined) ?? 0];
    return starts.some((start) => start > startMillis(ledger));
  }
}
