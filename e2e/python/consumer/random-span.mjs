// Spans with anything in any field, as an SDK never makes them and a verifier has to take them.
const texts = [
  '',
  'a',
  'GET',
  'é',
  'e\u0301',
  '😀',
  '\uff5e',
  '\ue000',
  '\u{10ffff}',
  '\u0000',
  'x'.repeat(200),
  'null',
  '0',
];
const keys = [
  '',
  'a',
  'b',
  'ab',
  'a.b',
  'a-b',
  'B',
  'é',
  '😀',
  '\uff5e',
  'spanseal.sea',
  'spanseal.seam',
  'http.route',
  'k'.repeat(130),
];
const doubles = [0, -0, 1, 0.1, -1.5, 5e-324, 1.7976931348623157e308, 'NaN', 'Infinity', '-Infinity'];
const integers = ['0', '1', '-1', '127', '128', '9223372036854775807', '-9223372036854775808'];
const counts = [0, 1, 127, 128, 65_536, 4_294_967_295];
const coveredKeys = [
  'service.name',
  'service.namespace',
  'service.instance.id',
  'service.version',
  'deployment.environment.name',
  'telemetry.sdk.name',
  'telemetry.sdk.language',
  'telemetry.sdk.version',
];

export function randomValue(choice, levels = 3) {
  const leaves = [
    () => ({}),
    () => ({ stringValue: choice.pick(texts) }),
    () => ({ boolValue: choice.happens(50) }),
    () => ({ intValue: choice.pick(integers) }),
    () => ({ doubleValue: choice.pick(doubles) }),
    () => ({ bytesValue: Buffer.from(choice.hex(2 * choice.below(4)), 'hex').toString('base64') }),
  ];
  if (levels === 0 || choice.happens(70)) return choice.pick(leaves)();
  return choice.happens(50)
    ? { arrayValue: { values: choice.some(3, () => randomValue(choice, levels - 1)) } }
    : { kvlistValue: { values: randomAttributes(choice, { most: 3, levels: levels - 1 }) } };
}

export function randomAttributes(choice, { most = 6, levels = 3, names = keys } = {}) {
  const chosen = new Set(choice.some(most, () => choice.pick(names)));
  return [...chosen].map((key) =>
    choice.happens(5) ? { key } : { key, value: randomValue(choice, choice.happens(3) ? 24 : levels) },
  );
}

export function randomSpan(choice, endMillis) {
  const nanos = (millis) => `${BigInt(millis) * 1_000_000n + BigInt(choice.below(1_000_000))}`;
  const end = endMillis - choice.below(1_000) - (choice.happens(5) ? 200_000_000 : 0);
  return {
    traceId: choice.hex(32),
    spanId: choice.hex(16),
    traceState: choice.pick(['', 'vendor=1']),
    parentSpanId: choice.pick(['', choice.hex(16), '0'.repeat(16)]),
    flags: choice.pick(counts),
    name: choice.pick(texts),
    kind: choice.pick([0, 1, 2, 3, 4, 5, 99, -1]),
    startTimeUnixNano: nanos(end - choice.below(10_000)),
    endTimeUnixNano: nanos(end),
    attributes: randomAttributes(choice),
    droppedAttributesCount: choice.pick(counts),
    events: choice.some(4, () => ({
      timeUnixNano: choice.pick(['0', '1', nanos(end)]),
      name: choice.pick(texts),
      attributes: randomAttributes(choice, { most: 2 }),
      droppedAttributesCount: choice.pick(counts),
    })),
    droppedEventsCount: choice.pick(counts),
    links: choice.some(3, () => ({
      traceId: choice.pick([choice.hex(32), '0'.repeat(32), '']),
      spanId: choice.hex(16),
      traceState: choice.pick(['', 'a=b']),
      attributes: randomAttributes(choice, { most: 2 }),
      droppedAttributesCount: choice.pick(counts),
      flags: choice.pick(counts),
    })),
    droppedLinksCount: choice.pick(counts),
    status: choice.pick([
      undefined,
      {},
      { code: choice.pick([0, 1, 2, 7, -1]), message: choice.pick(texts) },
    ]),
  };
}

/** What stands around a span. */
export function randomSurroundings(choice) {
  const scope = {
    name: choice.pick(texts),
    version: choice.pick(texts),
    attributes: randomAttributes(choice, { most: 2 }),
    droppedAttributesCount: choice.pick(counts),
  };
  const resource = {
    attributes: [
      ...randomAttributes(choice, { most: 5, names: coveredKeys }),
      ...randomAttributes(choice, { most: 2 }),
    ],
  };
  return {
    scope: choice.happens(90) ? scope : undefined,
    scopeSchemaUrl: choice.pick(['', 'https://example.test/1']),
    resource: choice.happens(90) ? resource : undefined,
    resourceSchemaUrl: choice.pick(['', 'https://example.test/2']),
  };
}
