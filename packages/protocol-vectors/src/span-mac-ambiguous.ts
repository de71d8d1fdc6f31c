import type { KeyValue } from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import type { SpanExpected } from './implementation.js';
import { plainItem, resource, scope, text, withSeal, withSpan } from './sealed-span.js';
import { after } from './span-mac-negative.js';
import type { SpanMacRow } from './span-mac-positive.js';
import { sealTextOf } from './span-steps.js';

const malformed: SpanExpected = { verdict: 'malformed' };
/** A value without a canonical form. */
const ambiguous = { kvlistValue: { values: [text('a', 'b'), text('a', 'b')] } };

/** Spans without a seal that could be checked, and keys that stand twice. */
export function ambiguousSpanMacs(): readonly SpanMacRow[] {
  return [...seals(), ...resources(), ...lists()];
}

function seals(): readonly SpanMacRow[] {
  const seal = (values: readonly KeyValue['value'][]) => (item: SpanInRequest) =>
    withSpan(item, {
      attributes: [
        ...(plainItem.span.attributes ?? []),
        ...values.map((value) =>
          value === undefined ? { key: 'spanseal.seal' } : { key: 'spanseal.seal', value },
        ),
      ],
    });
  return [
    after(['none', { verdict: 'unsigned' }], 'No seal.', seal([])),
    after(['seal-no-text', malformed], 'The seal is a number.', seal([{ intValue: '1' }])),
    after(['seal-no-value', malformed], 'The seal has no value.', seal([undefined])),
    after(['seal-twice', malformed], 'The same seal twice.', (item) => {
      const value = { stringValue: sealTextOf(item) };
      return seal([value, value])(item);
    }),
  ];
}

function resources(): readonly SpanMacRow[] {
  const [name = text('service.name', '')] = resource.attributes ?? [];
  return [
    after(['resource-twice', malformed], 'A covered resource key stands twice.', (item) => ({
      ...item,
      resource: { attributes: [name, ...(resource.attributes ?? [])] },
    })),
    after(
      ['resource-unsealed-twice', malformed],
      'A covered key stands twice that was not there when the span was sealed.',
      (item) => ({
        ...item,
        resource: {
          attributes: [
            ...(resource.attributes ?? []),
            text('service.namespace', 'a'),
            text('service.namespace', 'a'),
          ],
        },
      }),
    ),
    after(['resource-value-twice', malformed], 'The value of a covered key has a key twice.', (item) => ({
      ...item,
      resource: { attributes: [{ key: 'service.name', value: ambiguous }] },
    })),
    ...resourcesOfOthers(),
  ];
}

/** What no seal covers is not looked at. */
function resourcesOfOthers(): readonly SpanMacRow[] {
  return [
    {
      ...after(
        ['resource-other-value-twice', { verdict: 'valid' }],
        'The value of a key that is not covered has a key twice.',
        (item) => ({
          ...item,
          resource: { attributes: [...(resource.attributes ?? []), { key: 'host.id', value: ambiguous }] },
        }),
      ),
      kind: 'positive',
    },
    {
      ...after(
        ['resource-unsealed-value', { verdict: 'valid' }],
        'The same of a covered key that was not there when the span was sealed.',
        (item) => ({
          ...item,
          resource: {
            attributes: [...(resource.attributes ?? []), { key: 'service.namespace', value: ambiguous }],
          },
        }),
      ),
      kind: 'positive',
    },
    {
      ...after(
        ['resource-other-twice', { verdict: 'valid' }],
        'A resource key that is not covered stands twice.',
        (item) => ({
          ...item,
          resource: { attributes: [...(resource.attributes ?? []), text('host.name', 'web-2')] },
        }),
      ),
      kind: 'positive',
    },
  ];
}

function lists(): readonly SpanMacRow[] {
  return [
    after(['attribute-twice', malformed], 'An attribute stands twice.', (item) =>
      withSpan(item, { attributes: [text('http.request.method', 'GET'), ...(item.span.attributes ?? [])] }),
    ),
    after(['scope-twice', malformed], 'The attributes of the scope have a key twice.', (item) => ({
      ...item,
      scope: { ...scope, attributes: [text('a', 'b'), text('a', 'b')] },
    })),
    after(
      ['unknown-key-twice', { verdict: 'unknown-key' }],
      'The key is asked for before the canonical form.',
      (item) =>
        withSeal(
          withSpan(item, { attributes: [text('a', 'b'), text('a', 'b')] }),
          sealTextOf(item).replace('k-1', 'k-2'),
        ),
    ),
  ];
}
