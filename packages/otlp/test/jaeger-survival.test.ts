import { describe, expect, test } from '@jest/globals';
import {
  canonicalCoreSpan,
  decodeTraceRequest,
  parseStoredTraces,
  type Span,
  type SpanPart,
  type StoredTraces,
  type TraceRequest,
} from '../src/index.js';
import { hexOf, spansOf } from './requests.js';
import { inMicroseconds } from './store-profiles.js';
import { refusedCodes } from './survival-refusals.js';
import { bytesOf, loadVectors, type SurvivalCase } from './vectors.js';

const cases = loadVectors<SurvivalCase>('jaeger-survival').filter(({ id }) => !refusedCodes.has(id));

/** What Jaeger changed before it gave a span back as OTLP, by the id of the case, each with the reason. */
const changedByJaeger: Readonly<Record<string, { parts: SpanPart[]; reason: string }>> = {
  'time-equal': { parts: ['span'], reason: 'an end that is not after the start is moved by 1 ns' },
  'time-end-before-start': { parts: ['span'], reason: 'the same' },
  'time-max': { parts: ['span'], reason: 'a time from 2^63 on is taken for a negative one' },
  'link-empty': { parts: ['links'], reason: 'a link without ids is removed' },
  'link-zero-ids': { parts: ['links'], reason: 'the same, of ids of all zeros' },
};

/** What Jaeger's own JSON loses beyond nanoseconds, by the id of the case. Lists, maps, empty values: in `flattened`. */
const lostInOwnJson: Readonly<Record<string, { parts: SpanPart[]; reason: string }>> = {
  'kind-99': { parts: ['span'], reason: 'an unknown kind has no name' },
  'status-code-7': { parts: ['span'], reason: 'an unknown status has no name' },
  'time-max': { parts: ['span'], reason: 'a time from 2^63 on is taken for a negative one' },
};

/** The answer is an error: JSON of Go has no NaN and no infinity. */
const withoutAnswer = [
  'double-nan',
  'double-inf',
  'double-minus-inf',
  'double-nan-payload',
  'double-nan-minus-payload',
];

function read({ exits = {} }: SurvivalCase, exit: 'v1' | 'v3'): StoredTraces {
  return parseStoredTraces(bytesOf(exits[exit] ?? ''));
}

const sentBy = ({ request }: SurvivalCase): TraceRequest =>
  decodeTraceRequest(Buffer.from(request, 'base64'));

const partsOf = ({ attributes = [], events = [], links = [], ...span }: Span): Record<SpanPart, string> => ({
  span: hexOf(canonicalCoreSpan(span)),
  attributes: hexOf(canonicalCoreSpan({ attributes })),
  events: hexOf(canonicalCoreSpan({ events })),
  links: hexOf(canonicalCoreSpan({ links })),
});

/** For each span, by its id, the parts in which it is not what was sent. */
function differingParts(sent: TraceRequest, given: TraceRequest): Map<string, SpanPart[]> {
  const before = new Map(spansOf(sent).map((span) => [idOf(span), partsOf(span)]));
  return new Map(
    spansOf(given).map((span) => {
      const [one, other] = [before.get(idOf(span)), partsOf(span)];
      const parts = Object.keys(other) as SpanPart[];
      return [idOf(span), parts.filter((part) => one?.[part] !== other[part])];
    }),
  );
}

/** Scope and covered resource attributes, by span: what a seal covers beside the span. */
function originsOf({ resourceSpans }: TraceRequest): string[] {
  return resourceSpans
    .flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ scope, spans }) =>
        spans.map((span) => {
          const attributes = resource?.attributes ?? [];
          const service = attributes.filter(
            ({ key, value }) => key === 'service.name' && value?.stringValue !== 'missing-service-name',
          );
          return JSON.stringify([idOf(span), scope?.name ?? '', scope?.version ?? '', service]);
        }),
      ),
    )
    .sort();
}

const idOf = ({ spanId }: Span): string => spanId ?? '0'.repeat(16);
const idsOf = (request: TraceRequest) => [...new Set(spansOf(request).map(idOf))].sort();

describe('Through a real Jaeger', () => {
  test('there are enough cases', () => {
    expect(cases).toHaveLength(138);
  });

  test.each(cases)('its OTLP keeps the core of every span, or is known to change it: $id', (each) => {
    const [sent, { request, cuts }] = [sentBy(each), read(each, 'v3')];
    expect(idsOf(request)).toEqual(idsOf(sent));
    expect(originsOf(request)).toEqual([...new Set(originsOf(sent))]);
    const parts = [...differingParts(sent, request).values()];
    for (const [index, differing] of parts.entries()) {
      expect(differing).toEqual(changedByJaeger[each.id]?.parts ?? []);
      expect(cuts[index]).toEqual(expect.arrayContaining(differing));
    }
  });

  test('of equal spans it keeps one', () => {
    const twice = cases.filter(
      (each) => spansOf(read(each, 'v3').request).length < spansOf(sentBy(each)).length,
    );
    expect(twice.map(({ id }) => id)).toEqual(['span-twice']);
  });

  test.each(cases.filter(({ id }) => !withoutAnswer.includes(id) && id !== 'time-2-63'))(
    'its own JSON keeps all but what the reader names, and microseconds: $id',
    (each) => {
      const [sent, { request, cuts, notes }] = [sentBy(each), read(each, 'v1')];
      expect(idsOf(request)).toEqual(idsOf(sent));
      expect(originsOf(request)).toEqual([...new Set(originsOf(sent))]);
      expect(notes).toContainEqual(expect.objectContaining({ code: 'STORE_MICROSECONDS' }));
      const parts = [...differingParts(inMicroseconds(sent), request).values()];
      for (const [index, differing] of parts.entries()) {
        expect(cuts[index]).toEqual(expect.arrayContaining(differing));
        expect(differing.filter((part) => part === 'span')).toEqual(lostInOwnJson[each.id]?.parts ?? []);
      }
      const differs = (part: SpanPart) => parts.some((differing) => differing.includes(part));
      const noted = (code: string) => notes.some((note) => note.code === code);
      if (differs('attributes')) expect(noted('STORE_TEXT')).toBe(true);
      if (differs('links')) expect(noted('STORE_LINKS') || noted('STORE_NO_PLACE')).toBe(true);
    },
  );

  test('no nanoseconds come out of its own JSON', () => {
    for (const each of cases.filter(({ id }) => !withoutAnswer.includes(id) && id !== 'time-2-63')) {
      for (const span of spansOf(read(each, 'v1').request)) {
        expect(String(span.endTimeUnixNano ?? '000')).toMatch(/000$/);
      }
    }
  });

  test.each(cases.filter(({ id }) => withoutAnswer.includes(id)))(
    'an answer that is an error gives no spans, and a note: $id',
    (each) => {
      const { request, notes } = read(each, 'v1');
      expect(request).toEqual({ resourceSpans: [] });
      expect(notes).toEqual([{ code: 'STORE_ERRORS', path: 'errors', count: 1 }]);
    },
  );

  test('a duration that no time has is refused', () => {
    const [far] = cases.filter(({ id }) => id === 'time-2-63');
    expect(() => far && read(far, 'v1')).toThrow(
      expect.objectContaining({ code: 'ERR_SPANSEAL_OTLP_VALUE', path: 'data[0].spans[0].duration' }),
    );
  });
});
