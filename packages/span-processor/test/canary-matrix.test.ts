import { afterAll, describe, expect, test } from '@jest/globals';
import {
  type Canaries,
  type CanaryPlace,
  CollectingExporter,
  canaryKinds,
  canaryPlaces,
  canaryResource,
  carries,
  createCanaries,
  findCanaries,
  type LineSpanProcessor,
  loadLines,
  type SdkLine,
  startCanarySpan,
} from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';

// Every field of a span × every kind of content × every SDK line. What is planted is counted where it is seen: in what the
// same span sends without masking.

/** Attribute values that only the 3.x line carries. */
const NESTED: readonly CanaryPlace[] = ['nestedMap', 'nestedMapKey', 'bytes'];
const planted = new Set<string>();

describe.each(loadLines())('on SDK $name', (line) => {
  test.each(canaryKinds)('%s leaves in no field, as protobuf and as JSON', (kind) => {
    const canaries = createCanaries(kind);
    const carried = canaryPlaces.filter((place) => line.nestedValues || !NESTED.includes(place));
    const bare = exported(line, canaries, (next) => next);
    for (const bytes of bare)
      expect(new Set(findCanaries(bytes, canaries).map(({ place }) => place))).toEqual(new Set(carried));
    for (const place of carried) if (carries(place, kind)) planted.add(canaries[place].secret);

    const masked = exported(line, canaries, (next) => new MaskingSpanProcessor(next));
    for (const bytes of masked) {
      expect(findCanaries(bytes, canaries)).toEqual([]);
      expect(bytes.length).toBeGreaterThan(300);
    }
  });
});

test('there are two thousand and more', () => {
  expect(planted.size).toBeGreaterThanOrEqual(2000);
});

afterAll(() => planted.clear());

/** What one span with the canaries sends, in both encodings. */
function exported(
  line: SdkLine,
  canaries: Canaries,
  guard: (next: LineSpanProcessor) => LineSpanProcessor,
): readonly Uint8Array[] {
  const exporter = new CollectingExporter();
  const spanProcessors = [guard(line.simpleProcessor(exporter))];
  const provider = line.createProvider({ spanProcessors, resource: canaryResource(canaries) });
  const span = startCanarySpan(line, provider, canaries);
  const { name, version = '' } = span.instrumentationScope;
  // The SDKs give a scope no attributes.
  span.instrumentationScope = { name, version, attributes: { note: canaries.scopeAttribute.text } };
  span.end();
  expect(exporter.spans).toHaveLength(1);
  // Not all serializers write the attributes of a scope, so that the scope is looked through as well.
  const scope = Buffer.from(JSON.stringify(exporter.spans[0]?.instrumentationScope));
  return [exporter.toProtobuf(line), exporter.toJson(line)].map((bytes) => Buffer.concat([bytes, scope]));
}
