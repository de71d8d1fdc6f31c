import { expect, test } from '@jest/globals';
import { fromAdot, fromCollector } from '@spanseal/mask';
import { loadLine } from '@spanseal/test-kit';
import { guardedLine } from './guarded-line.js';

const line = loadLine('3.1');

test("a Collector's configuration is done to spans, events, links, resources and names", () => {
  const policy = fromCollector({
    allow_all_keys: true,
    blocked_values: ['4[0-9]{15}'],
    summary: 'debug',
    db_sanitizer: { sql: { enabled: true, attributes: ['db.query.text'] } },
    url_sanitizer: { enabled: true },
  });
  const { exporter, processor, start } = guardedLine(line, {
    policy,
    resource: { owner: '4111111111111111' },
  });
  const attributes = {
    'db.system.name': 'mysql',
    'db.query.text': 'SELECT 1',
    card: 'card 4111111111111111',
  };
  const span = start('SELECT secret FROM t WHERE id = 42', { attributes });
  span.addEvent('paid', { card: '4111111111111111' });
  span.end();
  const [masked] = exporter.spans;
  expect(masked?.name).toBe('SELECT secret FROM t WHERE id = ?');
  expect(masked?.attributes).toEqual({
    'db.system.name': 'mysql',
    'db.query.text': 'SELECT ?',
    card: 'card ****',
    'redaction.masked.keys': 'card,db.query.text',
    'redaction.masked.count': 2,
  });
  expect(masked?.events[0]?.attributes).toMatchObject({ card: '****', 'redaction.masked.count': 1 });
  expect(masked?.resource.attributes).toMatchObject({ owner: '****', 'redaction.masked.keys': 'owner' });
  expect(processor.counters().masker.hits['redaction:span_name']).toBe(1);
});

test("a distro's list of attributes is done to spans and events", () => {
  const policy = fromAdot({ AWS_REDACT_SPAN_ATTRIBUTES: 'user.*' });
  const { exporter, start } = guardedLine(line, { policy });
  const span = start('user.name=x', { attributes: { 'user.age': 7, 'app.user': 'y' } });
  span.addEvent('e', { 'user.flags': [true] });
  span.end();
  const [masked] = exporter.spans;
  expect(masked?.name).toBe('user.name=x');
  expect(masked?.attributes).toEqual({ 'user.age': 'REDACTED', 'app.user': 'y' });
  expect(masked?.events[0]?.attributes).toEqual({ 'user.flags': 'REDACTED' });
});
