import { sealAttributeKey as sealKey } from '@spanseal/otlp';
import type { SpanRecord } from '../app/message.js';
import type { Capture } from '../capture.js';
import { searchSecrets } from '../leak-search.js';
import type { PlantedSecret } from '../planted.js';
import { readReceived } from '../received.js';
import { compareSpans } from './comparison.js';
import type { Narrator } from './narrator.js';
import { spanRows, tableHead } from './span-table.js';

interface ShownSpan {
  readonly name: string;
  /** What is careless about it, in a few words. */
  readonly about: string;
  /** A field that tells it from other spans of the name. */
  readonly field?: string;
}

const shown: readonly ShownSpan[] = [
  { name: 'POST /login', about: 'a request body' },
  { name: 'SecretsManager.GetSecretValue', about: 'what AWS answered' },
  { name: 'SSM.GetParameter', about: 'what AWS answered' },
  { name: 'KMS.Decrypt', about: 'what AWS answered' },
  { name: 'STS.AssumeRole', about: 'what AWS answered' },
  { name: 'GET /rates', about: 'a URL from the configuration' },
  { name: 'GET', about: 'fetch() of that URL', field: 'url.query' },
  { name: 'POST /payment', about: 'an exception' },
  { name: 'S3.PutObject', about: 'a call with little to hide' },
];

/** The calls whose spans may leave with their structure only. */
const sensitive = new Set(shown.slice(1, 5).map(({ name }) => name));
const structure =
  /^(?:rpc\.(?:system|service|method)|cloud\.region|http\.(?:request\.method|response\.status_code)|server\.address)$/;

type Received = ReadonlyMap<string, SpanRecord>;

/** Finds a span by its name and, where several have it, by a field. */
export function findSpan(spans: Iterable<SpanRecord>, name: string, field?: string): SpanRecord | undefined {
  for (const span of spans) {
    const fits = field === undefined || span.fields.some(([label]) => label === field);
    if (span.name === name && fits) return span;
  }
  return undefined;
}

function showSpans({ terminal, check }: Narrator, was: readonly SpanRecord[], received: Received): void {
  for (const line of tableHead(terminal)) terminal.line(line);
  for (const { name, about, field } of shown) {
    const before = findSpan(was, name, field);
    const after = before && received.get(before.spanId);
    if (before === undefined || after === undefined) check(false, `the span ${name} was made and received`);
    else for (const line of spanRows(compareSpans(before, after), about, terminal)) terminal.line(line);
  }
  terminal.line();
}

/** Of the calls that hand out secrets, the answer must be gone, and all else that could name one. */
function checkStructure({ check }: Narrator, was: readonly SpanRecord[], received: Received): void {
  const left = was.filter(({ name }) => sensitive.has(name)).map(({ spanId }) => received.get(spanId));
  const labels = left.map((span) =>
    (span?.fields ?? []).map(([label]) => label).filter((label) => label !== sealKey),
  );
  const bare = labels.filter((list) => list.every((label) => structure.test(label)));
  const kept = [...new Set(labels.flat())].sort().join(', ');
  check(
    bare.length === sensitive.size && left.every((span) => span !== undefined),
    `${bare.length} of ${sensitive.size} calls that hand out secrets left as bare structure: ${kept}.`,
  );
}

/** Shows what was masked, then looks for every planted secret in the bytes that left. */
export function tellMasking(narrator: Narrator, capture: Capture, secrets: readonly PlantedSecret[]): void {
  narrator.chapter('Masked: what the spans were, and what left the process');
  const received = readReceived(capture.requests);
  showSpans(narrator, capture.was, received);
  checkStructure(narrator, capture.was, received);
  const before = searchSecrets([Buffer.from(JSON.stringify(capture.was))], secrets);
  const after = searchSecrets(capture.requests, secrets);
  const size = capture.requests.reduce((sum, { byteLength }) => sum + byteLength, 0);
  narrator.check(
    before.length === secrets.length,
    `${before.length} of ${secrets.length} planted secrets were on the spans before.`,
  );
  const which = after.length === 0 ? '' : ` (${after.map(({ label }) => label).join(', ')})`;
  const bytes = size.toLocaleString('en-US');
  narrator.check(after.length === 0, `${after.length} of them are in the ${bytes} bytes that left${which}.`);
}
