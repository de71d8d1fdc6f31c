import type { KeyValue } from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import type { SpanExpected } from './implementation.js';
import { hs256Key, type KeyRingInput, otherSecret, realm } from './key-ring-input.js';
import { spelledBytes, spelledNumber, spelledOutBytes, spelledOutNumber } from './seal-letters.js';
import { type SealParts, sealParts } from './seal-parts.js';
import {
  epochMillis,
  plainItem,
  plainSpan,
  resource,
  scope,
  sealedBy,
  sealerOf,
  startMillis,
  text,
  withAdded,
  withSeal,
  withSpan,
} from './sealed-span.js';
import { carriedAs, type SpanMacRow } from './span-mac-positive.js';
import { sealTextOf, sealTextSaying } from './span-steps.js';

const invalid: SpanExpected = { verdict: 'invalid' };
const mismatch: SpanExpected = { verdict: 'epoch-mismatch' };

export function negativeSpanMacs(): readonly SpanMacRow[] {
  return [...texts(), ...sections(), ...additions(), ...additionsElsewhere(), ...keys(), ...times()];
}

function changed(...names: string[]): SpanExpected {
  return { verdict: 'changed', sections: names };
}

/** A sealed span to which something was done. */
export function after(
  row: readonly [string, SpanExpected],
  says: string,
  change: (item: SpanInRequest) => SpanInRequest,
): SpanMacRow {
  return { ...carriedAs(row, says, change), kind: 'negative' };
}

/** Each part of the seal's text changed, by itself. */
function texts(): readonly SpanMacRow[] {
  const number = (part: string): string => spelledNumber(spelledOutNumber(part) ^ 1);
  const bytes = (part: string): string => spelledBytes(flipped(spelledOutBytes(part), 0));
  const part = (
    place: number,
    [id, expected]: readonly [string, SpanExpected],
    change: (part: string) => string,
  ): SpanMacRow =>
    after([`text-${id}`, expected], `The part ${id} of the seal was changed.`, (item) => {
      const parts = sealTextOf(item).split('~');
      parts[place] = change(parts[place] ?? '');
      return withSeal(item, parts.join('~'));
    });
  return [
    part(1, ['kid', { verdict: 'unknown-key' }], () => 'k-2'),
    part(2, ['realm-tag', { verdict: 'wrong-realm' }], bytes),
    part(3, ['stream-id', invalid], bytes),
    part(4, ['epoch', invalid], number),
    part(5, ['seq', invalid], number),
    // Bit 0: the mark of a late span. No section differs.
    part(6, ['marks-late', invalid], number),
    part(6, ['marks-anchored', invalid], (marks) => spelledNumber(spelledOutNumber(marks) ^ 2)),
    part(6, ['marks-resource', changed('origin')], (marks) => spelledNumber(spelledOutNumber(marks) ^ 4)),
    part(7, ['attributes', invalid], number),
    part(8, ['tail', invalid], bytes),
    part(9, ['sections', changed('span')], bytes),
    part(10, ['mac', invalid], bytes),
  ];
}

function flipped(bytes: Buffer, place: number): Buffer {
  bytes[place] = (bytes[place] ?? 0) ^ 0x80;
  return bytes;
}

/** Each section changed, by itself and with others. */
function sections(): readonly SpanMacRow[] {
  const span = (id: string, names: readonly string[], fields: SpanInRequest['span']): SpanMacRow =>
    after([`section-${id}`, changed(...names)], `Changed: ${id.replaceAll('-', ' ')}.`, (item) =>
      withSpan(item, fields),
    );
  const [first = {}, second = {}] = plainItem.span.events ?? [];
  const [link = {}] = plainItem.span.links ?? [];
  const other = (key: string): ((attributes: readonly KeyValue[]) => KeyValue[]) => {
    return (attributes) => attributes.map((one) => (one.key === key ? text(key, 'x') : one));
  };
  return [
    span('trace-id', ['span'], { traceId: '5b8efff798038103d269b633813fc60c' }),
    span('span-id', ['span'], { spanId: 'eee19b7ec3c1b174' }),
    span('parent-id', ['span'], { parentSpanId: '' }),
    span('trace-state', ['span'], { traceState: 'vendor=1' }),
    span('name', ['span'], { name: 'GET /orders/1' }),
    span('kind', ['span'], { kind: 3 }),
    span('start', ['span'], { startTimeUnixNano: '1795251600000000001' }),
    span('status-code', ['span'], { status: { code: 1, message: 'failed' } }),
    span('status-message', ['span'], { status: { code: 2 } }),
    span('event-name', ['events'], { events: [{ ...first, name: 'tried' }, second] }),
    span('event-time', ['events'], { events: [{ ...first, timeUnixNano: '1' }, second] }),
    span('event-removed', ['events'], { events: [first] }),
    span('event-attribute', ['events'], { events: [first, { ...second, attributes: [] }] }),
    span('link-id', ['links'], { links: [{ ...link, spanId: 'b7ad6b7169203332' }] }),
    span('link-added', ['links'], { links: [link, {}] }),
    span('name-and-links', ['span', 'links'], { name: 'x', links: [] }),
    after(['section-attribute', changed('attributes')], 'The value of an attribute was changed.', (item) =>
      withSpan(item, { attributes: other('http.request.method')(item.span.attributes ?? []) }),
    ),
    after(['section-attribute-removed', changed('attributes')], 'An attribute was removed.', (item) =>
      withSpan(item, { attributes: (item.span.attributes ?? []).slice(1) }),
    ),
    after(['section-scope-name', changed('origin')], 'The name of the scope was changed.', (item) => ({
      ...item,
      scope: { ...scope, name: 'other' },
    })),
    after(['section-scope-version', changed('origin')], 'The version of the scope was removed.', (item) => ({
      ...item,
      scope: { name: 'app' },
    })),
    after(['section-resource', changed('origin')], 'A covered resource key was changed.', (item) => ({
      ...item,
      resource: { attributes: other('service.name')(resource.attributes ?? []) },
    })),
    after(['section-resource-removed', changed('origin')], 'The resource was removed.', (item) => ({
      span: item.span,
      scope,
    })),
    after(['section-all', invalid], 'Everything was changed: the seal of another span.', (item) =>
      withSeal({ span: { name: 'forged', attributes: [text('a', 'b')] } }, sealTextOf(item)),
    ),
  ];
}

function additions(): readonly SpanMacRow[] {
  const add = (count: number): KeyValue[] =>
    Array.from({ length: count }, (_, place) => text(`added.${place}`, 'x'));
  const added = (count: number): SpanExpected => ({
    verdict: 'additions',
    added: add(count).map(({ key }) => key),
  });
  const plus = (attributes: KeyValue[]) => (item: SpanInRequest) =>
    withSpan(item, { attributes: [...attributes, ...(item.span.attributes ?? [])] });
  return [
    after(['added-1', added(1)], 'One attribute was added.', plus(add(1))),
    after(['added-2', added(2)], 'Two attributes were added.', plus(add(2))),
    after(['added-3', added(3)], 'Three attributes were added.', plus(add(3))),
    after(
      ['added-4', changed('attributes')],
      'Four attributes were added: too many to be told.',
      plus(add(4)),
    ),
    after(
      ['added-and-changed', changed('attributes')],
      'An attribute was added, another one changed.',
      (item) =>
        withSpan(item, {
          attributes: [
            text('added', 'x'),
            ...(item.span.attributes ?? []).filter(({ key }) => key !== 'http.request.method'),
            text('http.request.method', 'PUT'),
          ],
        }),
    ),
    after(
      ['added-and-named', changed('span', 'attributes')],
      'An attribute was added, and the name changed.',
      (item) => withSpan(plus(add(1))(item), { name: 'x' }),
    ),
    manyAttributes(),
  ];
}

/** A ring whose key was revoked then. */
function revoked(millis: number): KeyRingInput {
  return { realm, keys: [{ ...hs256Key, revoked_from_millis: millis }] };
}

/** Additions to a span of which something else is to be said. */
function additionsElsewhere(): readonly SpanMacRow[] {
  const added: SpanExpected = { verdict: 'additions', added: ['added'] };
  const end = startMillis + epochMillis;
  const late = sealedBy(sealerOf(), withSpan(plainItem, plainSpan(0, 2 * epochMillis + 1_000)));
  const { marks } = sealParts(sealTextOf(late));
  const by = { key: hs256Key, realm };
  const unmarked = withSeal(late, sealTextSaying(late, { by, says: { marks: marks & ~1 } }));
  const row = (id: string, [expected, says]: readonly [SpanExpected, string]): SpanMacRow =>
    after([`added-${id}`, expected], says, withAdded);
  return [
    {
      ...row('revoked', [{ verdict: 'revoked-key' }, 'An attribute was added, and the key was revoked.']),
      ring: revoked(end - 1),
    },
    {
      ...row('revoked-later', [
        added,
        'An attribute was added, and the key was revoked at the end of the epoch.',
      ]),
      ring: revoked(end),
    },
    {
      ...row('too-late', [
        mismatch,
        'An attribute was added, and the span ended after the window of its epoch.',
      ]),
      item: withAdded(unmarked),
    },
    {
      ...row('late-marked', [added, 'The same, and the sealer knew.']),
      item: withAdded(late),
    },
    {
      ...row('too-late-revoked', [
        { verdict: 'revoked-key' },
        'All three: that the key was revoked comes first.',
      ]),
      item: withAdded(unmarked),
      ring: revoked(0),
    },
    after(
      ['added-core', added],
      'An attribute was added, and the flags were lost: the tail is another.',
      (item) => withSpan(withAdded(item), { flags: 0 }),
    ),
    after(
      ['added-scope-twice', { verdict: 'malformed' }],
      'An attribute was added, and the attributes of the scope have a key twice.',
      (item) => ({ ...withAdded(item), scope: { ...scope, attributes: [text('a', 'b'), text('a', 'b')] } }),
    ),
    {
      ...after(
        ['changed-revoked', changed('attributes')],
        'An attribute was removed, and the key was revoked: the MAC comes first.',
        (item) => withSpan(item, { attributes: (item.span.attributes ?? []).slice(1) }),
      ),
      ring: revoked(0),
    },
  ];
}

/** Where the tries are bounded, no verdict can be asked for. */
function manyAttributes(): SpanMacRow {
  const attributes = Array.from({ length: 200 }, (_, place) => text(`key.${place}`, 'x'));
  const item = sealedBy(sealerOf(), withSpan(plainItem, { attributes }));
  const more = ['added.0', 'added.1', 'added.2'].map((key) => text(key, 'x'));
  return {
    id: 'added-3-of-many',
    kind: 'advisory',
    says: 'Three attributes were added to two hundred: there are 1.3 million ways, and a verifier may try fewer.',
    item: withSpan(item, { attributes: [...more, ...(item.span.attributes ?? [])] }),
    expected: changed('attributes'),
    orElse: [{ verdict: 'additions', added: ['added.0', 'added.1', 'added.2'] }],
  };
}

function keys(): readonly SpanMacRow[] {
  const under = ([id, verdict]: readonly [string, string], says: string, ring: KeyRingInput): SpanMacRow => ({
    ...after([`key-${id}`, { verdict }], says, (item) => item),
    ring,
  });
  const end = startMillis + epochMillis;
  return [
    under(['unknown', 'unknown-key'], 'The key is not on the ring.', {
      realm,
      keys: [{ ...hs256Key, id: 'k-2' }],
    }),
    under(['other-realm', 'wrong-realm'], 'The seal is for another realm.', {
      realm: 'acme/test',
      keys: [hs256Key],
    }),
    under(['other-secret', 'wrong-realm'], 'The key has another secret: so has its realm tag.', {
      realm,
      keys: [{ ...hs256Key, secret: otherSecret }],
    }),
    under(['other-algorithm', 'invalid'], "The algorithm is the key's, and in every key below it.", {
      realm,
      keys: [{ ...hs256Key, algorithm: 'hs512' }],
    }),
    under(['revoked', 'revoked-key'], 'The key was revoked before the stream began.', revoked(0)),
    under(['revoked-in-epoch', 'revoked-key'], 'The key was revoked in the last millisecond of the epoch.', {
      ...revoked(end - 1),
    }),
    {
      ...under(['revoked-later', 'valid'], 'The key was revoked at the end of the epoch.', revoked(end)),
      kind: 'positive',
    },
  ];
}

/** What only a holder of the key can write: a seal that says of its span what the sealer knew better. */
function times(): readonly SpanMacRow[] {
  const dayMillis = 86_400_000;
  const by = { key: hs256Key, realm };
  const unmarked = (id: string, says: string, endsAfterMillis: number): SpanMacRow => {
    const item = sealedBy(sealerOf(), withSpan(plainItem, plainSpan(0, endsAfterMillis)));
    const { marks } = sealParts(sealTextOf(item));
    const text = sealTextSaying(item, { by, says: { marks: marks & ~1 } });
    return { id: `time-${id}`, kind: 'negative', says, item: withSeal(item, text), expected: mismatch };
  };
  const saying = (id: string, says: string, parts: Partial<SealParts>): SpanMacRow => {
    const item = sealedBy(sealerOf(), plainItem);
    const text = sealTextSaying(item, { by, says: parts });
    return {
      id: `says-${id}`,
      kind: 'positive',
      says,
      item: withSeal(item, text),
      expected: { verdict: 'valid' },
    };
  };
  const marks = sealParts(sealTextOf(sealedBy(sealerOf(), plainItem))).marks;
  return [
    unmarked(
      'too-early',
      'The span ended a second before the window of its epoch, and the seal has no mark.',
      -dayMillis - 1_000,
    ),
    unmarked(
      'too-late',
      'The span ended a second after the window of its epoch, and the seal has no mark.',
      2 * epochMillis + 1_000,
    ),
    {
      ...unmarked(
        'revoked-first',
        'The time is wrong and the key is revoked: that comes first.',
        -2 * dayMillis,
      ),
      ring: { realm, keys: [{ ...hs256Key, revoked_from_millis: 0 }] },
      expected: { verdict: 'revoked-key' },
    },
    saying('seq-largest', 'The largest seq.', { seq: Number.MAX_SAFE_INTEGER }),
    saying('mark-unneeded', 'Bit 0 of the marks on a span that is on time.', { marks: marks | 1 }),
  ];
}
