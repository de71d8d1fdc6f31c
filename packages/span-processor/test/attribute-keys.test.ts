import { describe, expect, test } from '@jest/globals';
import { createMasker } from '@spanseal/mask';
import { createCanary, findCanaries, loadLine } from '@spanseal/test-kit';
import fc from 'fast-check';
import { guardedLine } from './guarded-line.js';

const line = loadLine('3.1');
const mask = '****';
const masker = createMasker();
/** Three of which none holds a word such as `PWD` by chance, one in seven hundred: under that key a number would be masked too. */
const secrets = Array.from({ length: 30 }, () => createCanary('attributeKey', 'aws-key'))
  .filter(({ text }) => masker.attribute(`h.${text}`, 0) === 0)
  .slice(0, 3);

function exportedAttributes(attributes: Record<string, unknown>) {
  const { exporter, processor, start } = guardedLine(line);
  start('work', { attributes }).end();
  expect(findCanaries(exporter.toJson(line), secrets)).toEqual([]);
  expect(processor.counters().faults.masking).toBe(0);
  return exporter.spans[0]?.attributes;
}

describe('attribute keys', () => {
  test('that are the same once masked all stay, numbered', () => {
    const attributes = Object.fromEntries(secrets.map(({ text }, i) => [`h.${text}`, i]));
    expect(exportedAttributes({ ...attributes, [`h.${mask}#2`]: 'own' })).toEqual({
      [`h.${mask}`]: 0,
      [`h.${mask}#3`]: 1,
      [`h.${mask}#4`]: 2,
      [`h.${mask}#2`]: 'own',
    });
  });

  test('never push aside a key that was there before', () => {
    const [first] = secrets;
    const attributes = { [`h.${first?.text}`]: 'masked', [`h.${mask}`]: 'own' };
    expect(exportedAttributes(attributes)).toEqual({ [`h.${mask}`]: 'own', [`h.${mask}#2`]: 'masked' });
  });

  test('are masked in nested maps and in maps in arrays', () => {
    const [first, second] = secrets;
    const attributes = { map: { [`a ${first?.text}`]: 1, list: [{ [`b ${second?.text}`]: null }] } };
    expect(exportedAttributes(attributes)).toEqual({
      map: { [`a ${mask}`]: 1, list: [{ [`b ${mask}`]: null }] },
    });
  });

  test('named like members of Object keep their values', () => {
    const { exporter, start } = guardedLine(line);
    const span = start('work');
    // The SDK's own setters lose some of these names.
    const attributes = JSON.parse('{"__proto__":"a","constructor":"b","nested":{"__proto__":{"x":["c"]}}}');
    Reflect.set(span, 'attributes', attributes);
    span.end();
    expect(JSON.stringify(exporter.spans[0]?.attributes)).toBe(JSON.stringify(attributes));
  });

  test('and values without anything to mask come out equal', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('a', 'b c', ''),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(fc.constantFrom('k', 'l', 'm.n'), tie('any')),
      ),
    })).any;
    const property = fc.property(fc.dictionary(fc.constantFrom('k', 'l', 'm.n'), value), (attributes) => {
      const { exporter, start } = guardedLine(line);
      const span = start('work');
      Object.assign(span.attributes, attributes);
      span.end();
      expect(exporter.spans[0]?.attributes).toEqual(span.attributes);
    });
    fc.assert(property, { numRuns: 50 });
  });
});
