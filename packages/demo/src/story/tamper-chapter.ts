import type { Finding, Report } from '@spanseal/seal';
import type { SpanRecord } from '../app/message.js';
import { changeOneCharacter, deleteSpan } from '../tamper.js';
import type { Narrator } from './narrator.js';

/** What was stored, and how it is verified. */
export interface Store {
  readonly requests: readonly Uint8Array[];
  verify(requests: readonly Uint8Array[]): Report;
}

/** The spans that are tampered with. */
export interface Victims {
  /** Loses a character of its `client.address`. */
  readonly changed: SpanRecord;
  /** Is deleted; has an `rpc.method`. */
  readonly deleted: SpanRecord;
  /** Each is deleted once, to count how many deletions show. */
  readonly all: readonly SpanRecord[];
}

const findingOf = (report: Report, spanId: string): Finding | undefined =>
  report.findings.find((finding) => finding.spanId === spanId);

function tellChange(narrator: Narrator, { requests, verify }: Store, { name, spanId }: SpanRecord): void {
  const change = changeOneCharacter(requests, { spanId, key: 'client.address' });
  const report = verify(change.requests);
  const finding = findingOf(report, spanId);
  const bytes = change.bytesChanged === 1 ? 'one byte' : `${change.bytesChanged} bytes`;
  narrator.say(
    `In the store, ${bytes} of ${name} changed: client.address ${change.was} is now ${change.is}.`,
  );
  const section = finding?.section === undefined ? '' : ` in its ${finding.section}`;
  const named = finding ? `span ${spanId}${section}, ${finding.message}` : 'but no finding names the span';
  narrator.check(
    change.bytesChanged === 1 && report.result === 'tampered' && finding !== undefined,
    `The verdict is ${report.result}: ${named}.`,
  );
}

/** The number that is sealed into a span: the verifier names it when the span is changed. */
function sealedNumber({ requests, verify }: Store, { spanId }: SpanRecord): number | undefined {
  return findingOf(verify(changeOneCharacter(requests, { spanId, key: 'rpc.method' }).requests), spanId)?.seq;
}

function tellDeletion(narrator: Narrator, store: Store, victim: SpanRecord): void {
  const report = store.verify(deleteSpan(store.requests, victim.spanId));
  const missing = report.streams.flatMap((stream) => stream.missing);
  const ranges = missing.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
  const seq = sealedNumber(store, victim);
  const [range] = missing;
  narrator.say(`In the store, ${victim.name} (number ${seq ?? 'none'} of its stream) was deleted.`);
  narrator.check(
    report.result !== 'intact' && missing.length === 1 && range?.[0] === seq && range?.[1] === seq,
    `The verdict is ${report.result}: missing number ${ranges || 'none'}.`,
  );
}

/** One deletion that shows proves little: says of how many it is true, and which go unnoticed. */
function tellEachDeletion(
  narrator: Narrator,
  { requests, verify }: Store,
  spans: readonly SpanRecord[],
): void {
  if (verify(requests).result !== 'intact') return;
  const unnoticed = spans.filter(({ spanId }) => verify(deleteSpan(requests, spanId)).result === 'intact');
  const names = unnoticed.map(({ name }) => name).join(', ');
  const limit = ` Not that of ${names}: a gap shows when a later number follows it.`;
  narrator.say(
    `Each of the ${spans.length} spans deleted in turn: ${spans.length - unnoticed.length} deletions are noticed.` +
      (unnoticed.length > 0 ? limit : ''),
  );
}

/** Tampers with what was stored, twice, and says what the verifier makes of it. */
export function tellTampering(narrator: Narrator, store: Store, victims: Victims): void {
  narrator.chapter('Tampered with: somebody edits the store');
  tellChange(narrator, store, victims.changed);
  tellDeletion(narrator, store, victims.deleted);
  const { result } = store.verify(store.requests);
  tellEachDeletion(narrator, store, victims.all);
  narrator.say('The store was restored.');
  narrator.check(result === 'intact', `The verdict is ${result === 'intact' ? 'intact again' : result}.`);
}
