import type { Report } from '@spanseal/seal';
import type { Capture } from '../capture.js';
import { readReceived } from '../received.js';
import type { Narrator } from './narrator.js';

/** Says whether all that was received is what was sealed, and all that was sealed was received. */
export function tellSeal(narrator: Narrator, report: Report, { was, requests }: Capture): void {
  const { spans, streams, result } = report;
  const complete = streams.filter(({ verdict }) => verdict === 'complete');
  narrator.chapter('Sealed: each span carries a MAC, and its number in a stream');
  const received = readReceived(requests);
  const arrived = was.filter(({ spanId }) => received.has(spanId));
  narrator.check(arrived.length === was.length, `${arrived.length} of ${was.length} spans were received.`);
  narrator.check(
    spans.valid === spans.total && spans.total >= was.length,
    `${spans.valid} of ${spans.total} received spans verify with the key.`,
  );
  narrator.check(
    result === 'intact' && streams.length > 0 && complete.length === streams.length,
    `${complete.length} of ${streams.length} streams complete: the verdict is ${result}.`,
  );
}
