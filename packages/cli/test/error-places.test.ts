import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { folder, spanseal } from './spanseal.js';

const noTrace = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz"}]}]}]}';
const path = 'resourceSpans[0].scopeSpans[0].spans[0].traceId';
const home = folder({
  'bad.json': Buffer.from(noTrace),
  'lines.jsonl': Buffer.from(`{"resourceSpans":[]}\n${noTrace}\n`),
  'ring.json': Buffer.from('{"primary":{"id":"a.b","secret":"hunter2"}}'),
});
const at = (name: string): string => join(home, name);

describe('an error names what was typed', () => {
  test.each(['scan', 'mask'])('%s: the file and the request in it', (command) => {
    expect(spanseal([command, at('bad.json')]).stderr).toContain(
      `error ERR_SPANSEAL_OTLP_VALUE: ${at('bad.json')}: ${path}: expected`,
    );
    expect(spanseal([command, at('lines.jsonl')]).stderr).toContain(
      `error ERR_SPANSEAL_OTLP_VALUE: ${at('lines.jsonl')}, request 2: ${path}: expected`,
    );
  });

  test('keygen: the option', () => {
    expect(spanseal(['keygen', '--id', 'a.b']).stderr).toContain('ERR_SPANSEAL_KEY_RING: --id: expected');
  });

  test.each([
    [['--key', 'hunter2'], {}, ['--key: expected']],
    [['--key', 'hunter2', '--key-id', 'a.b'], {}, ['--key: expected', '--key-id: expected']],
    [['--key-file', at('ring.json')], {}, ['--key-file: expected', '--key-file: primary.id: expected']],
    [[], { SPANSEAL_SIGNING_KEY: 'hunter2' }, ['SPANSEAL_SIGNING_KEY: expected']],
    [[], { SPANSEAL_SIGNING_KEY_FILE: at('ring.json') }, ['SPANSEAL_SIGNING_KEY_FILE: primary.id: expected']],
  ])('verify %j %j', (options, env, parts) => {
    const { code, stderr } = spanseal(['verify', at('bad.json'), ...options], { env });
    expect(code).toBe(3);
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr).not.toContain('hunter2');
  });
});
