import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FuzzAttributes } from '../../mask/test/fuzz/fuzz-attributes.js';
import { Random } from '../../mask/test/fuzz/random.js';
import { openMasking } from '../../node/src/masking.js';
import { openPolicyFile } from '../../node/src/policy-file.js';

const build = join(__dirname, '../scripts/build-layers.mjs');
const layers = ['companion', 'sealing', 'self-contained'] as const;
/** What each holds of others. */
const library = {
  companion: 'js-yaml@',
  sealing: '%40spanseal/otlp-exporter@',
  'self-contained': 'js-yaml@',
};
const folders: string[] = [];

/** Builds the layers into a folder of their own. */
function built(env: Record<string, string>, cwd: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'spanseal-layers-'));
  folders.push(folder);
  const args = [build, '--no-times', '--out', join(folder, 'out')];
  execFileSync(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  return join(folder, 'out');
}

let one: string;
let other: string;
beforeAll(() => {
  one = built({ TZ: 'UTC' }, tmpdir());
  other = built({ TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' }, join(__dirname, '..'));
}, 120_000);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(layers)('the %s layer', (layer) => {
  const name = `spanseal-${layer}-layer`;

  test.each([`${name}.zip`, `${name}.cdx.json`])('is the same twice (%s)', (file) => {
    expect(readFileSync(join(one, file)).equals(readFileSync(join(other, file)))).toBe(true);
  });

  test('starts by a program that all may run, but for what stands beside another', () => {
    if (layer === 'sealing') {
      expect(existsSync(join(one, layer, 'spanseal-handler'))).toBe(false);
      return;
    }
    expect(statSync(join(one, layer, 'spanseal-handler')).mode & 0o777).toBe(0o755);
    // The central directory of the zip: the file's mode stands in the upper half of its external attributes.
    const zip = readFileSync(join(one, `${name}.zip`));
    const entry = zip.lastIndexOf('spanseal-handler');
    expect((zip.readUInt32LE(entry - 46 + 38) >>> 16) & 0o777).toBe(0o755);
  });

  test('has a bill of each package and each file in it', () => {
    const { components } = JSON.parse(readFileSync(join(one, `${name}.cdx.json`), 'utf8'));
    const libraries = components.filter(({ type }: { type: string }) => type === 'library');
    const purls = libraries.map(({ purl }: { purl: string }) => purl);
    expect(purls).toContainEqual(expect.stringContaining(`pkg:npm/${library[layer]}`));
    const seals = purls.some((purl: string) => purl.startsWith('pkg:npm/%40spanseal/otlp-exporter@'));
    expect(seals).toBe(layer !== 'companion');
    const files = components.filter(({ type }: { type: string }) => type === 'file');
    for (const { name: path, hashes } of files) {
      const content = readFileSync(join(one, layer, path));
      expect(hashes[0].content).toBe(createHash('sha256').update(content).digest('hex'));
    }
    const others = libraries.some(({ group }: { group?: string }) => group !== '@spanseal');
    const licences = others ? readFileSync(join(one, layer, 'spanseal/LICENSES.txt'), 'utf8') : '';
    for (const { group, name: short, version } of libraries) {
      if (group !== '@spanseal')
        expect(licences).toContain(`${group === undefined ? '' : `${group}/`}${short} ${version}`);
    }
  });

  test('names no place of the machine that built it', () => {
    const { components } = JSON.parse(readFileSync(join(one, `${name}.cdx.json`), 'utf8'));
    const files: string[] = components
      .filter(({ type }: { type: string }) => type === 'file')
      .map(({ name: path }: { name: string }) => readFileSync(join(one, layer, path), 'latin1'));
    const root = join(__dirname, '../../..');
    expect(files.filter((text) => text.includes(root))).toEqual([]);
  });
});

/** A processor that keeps the attributes of spans that ended. */
function collecting(exported: Attributes[]): never {
  const processor = {
    onStart() {},
    onEnd: ({ attributes }: Ended) => void exported.push(attributes),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return processor as never;
}

test.each(['default', 'strict', 'pii,payments,genai'])(
  'what the companion layer holds, minified and packed, masks as its sources do (%s)',
  (presets) => {
    const env = { SPANSEAL_PRESETS: presets };
    const unpack = createRequire(__filename)(join(one, 'companion/spanseal/unpack.cjs'));
    const packed = unpack('./masking.cjs');
    const [ours, sources] = [packed.openMasking, openMasking].map((open: typeof openMasking) => {
      const exported: Attributes[] = [];
      const { processor, faults } = open(env, () => ({}));
      expect(faults).toEqual([]);
      return { exported, processor: processor(collecting(exported)) };
    });
    const made = new FuzzAttributes(new Random(20_261_130));
    const spans = Array.from({ length: 2000 }, () => endedSpan(made.next()));
    for (const span of spans) for (const side of [ours, sources]) side?.processor.onEnd(span as never);
    expect(ours?.exported).toHaveLength(spans.length);
    expect(ours?.exported).toEqual(sources?.exported);
    // What nothing would have masked proves nothing.
    expect(spans.filter(({ attributes }, at) => attributes !== ours?.exported[at]).length).toBeGreaterThan(
      200,
    );
  },
);

test('a plain span and a policy of presets load what masks, and no more of it', () => {
  const masking = join(one, 'self-contained/spanseal/masking.cjs');
  const run = `
    const { processor } = require(${JSON.stringify(masking)}).openMasking({}, () => ({}));
    const next = { onStart() {}, onEnd() {}, forceFlush() {}, shutdown() {} };
    const span = JSON.parse(process.argv[1]);
    const onEnd = (attributes) => processor(next).onEnd({ ...span, attributes, spanContext: () => span.context });
    const loaded = () => Object.keys(require.cache).map((path) => require('node:path').basename(path));
    onEnd({ 'http.url': 'https://api.example.com/v1/users/12?page=2', 'http.status_code': 200, 'http.method': 'GET' });
    const before = loaded();
    onEnd({ 'db.statement': "SELECT * FROM users WHERE name = 'x'" });
    console.log(JSON.stringify([before, loaded()]));`;
  const { spanContext, ...span } = endedSpan({});
  const given = JSON.stringify({ ...span, context: spanContext() });
  const printed = execFileSync(process.execPath, ['--eval', run, given], { encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual([['masking.cjs'], ['masking.cjs', 'readers.cjs']]);
});

test('the companion refuses a redaction of the Collector, and masks strictly', () => {
  const unpack = createRequire(__filename)(join(one, 'companion/spanseal/unpack.cjs'));
  const env = { SPANSEAL_POLICY_FILE: 'policy.json' };
  const policy = { extends: ['lumigo'], redaction: { allow_all_keys: true, blocked_values: ['x'] } };
  const { processor, faults } = unpack('./masking.cjs').openMasking(env, () => policy);
  expect(JSON.stringify(faults)).toContain('no redaction in the companion layer');
  const exported: Attributes[] = [];
  processor(collecting(exported)).onEnd(endedSpan({ 'app.order': 'a-1', 'http.route': '/a' }) as never);
  expect(exported).toEqual([{ 'app.order': '****', 'http.route': '/a' }]);
});

test('what seals is found where its layer was added, and only there', () => {
  const opt = mkdtempSync(join(tmpdir(), 'spanseal-opt-'));
  folders.push(opt);
  cpSync(join(one, 'companion'), opt, { recursive: true });
  const load = createRequire(__filename);
  const alone = load(join(one, 'companion/spanseal/unpack.cjs'));
  expect(() => alone('./sealing.cjs')).toThrow();
  cpSync(join(one, 'sealing'), opt, { recursive: true });
  const both = load(join(opt, 'spanseal/unpack.cjs'));
  expect(typeof both('./sealing.cjs').openSealing).toBe('function');
  expect(typeof both('./masking.cjs').openMasking).toBe('function');
});

const policies = [
  'extends: [default, pii]\nkeys:\n  - glob: "*tenant*"\n    action: hash\nhashKey: env:K # of the service\n',
  '{"extends": "strict", "allow": {"keys": ["order\\u002eid"]}}',
  "%YAML 1.2\n---\nextends: &a [aws, vault]\nkeys: [!!str pin, {pattern: '(?i)^x-', action: partial}]\nlimits: {depth: 0x10, places: 1_000}\nnote: *a\n",
  'values:\n  - name: order\n    pattern: |-\n      ORD-\\d{6}\n    replace: >\n      an\n      order\n  - email\n',
  'keys: [yes, no, on, 0o17, 017, 1e3, .inf, ~, null, 2026-11-30, !!binary aGk=, <<]\n',
  'keys: [a\n',
  'keys:\n\t- a\n',
  'a: 1\na: 2\n',
  '--- a\n--- b\n',
  '',
];

test.each(policies)(
  'what the layers read of a policy file, without the writer of YAML, is what the package reads: %j',
  (text) => {
    const folder = mkdtempSync(join(tmpdir(), 'spanseal-policy-'));
    folders.push(folder);
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, text);
    const read = (open: typeof openPolicyFile): unknown => {
      try {
        const { policy, lineOf } = open(file);
        return { policy, lines: ['keys', 'keys[1]', 'limits.depth', 'values[0].replace'].map(lineOf) };
      } catch (error) {
        // Its class has a shorter name there.
        return (error as Error).message;
      }
    };
    const unpack = createRequire(__filename)(join(one, 'companion/spanseal/unpack.cjs'));
    expect(read(unpack('./policy-file.cjs').openPolicyFile)).toEqual(read(openPolicyFile));
  },
);

type Attributes = ReturnType<FuzzAttributes['next']>;
type Ended = ReturnType<typeof endedSpan>;

function endedSpan(attributes: Attributes) {
  const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
  return {
    ...{ name: 'GET /orders', kind: 1, attributes, events: [], links: [], status: { code: 0 } },
    ...{ startTime: [1, 0], endTime: [2, 0], duration: [1, 0], ended: true },
    ...{ resource: { attributes: {} }, instrumentationScope: { name: 'orders' } },
    spanContext: () => context,
  };
}

test('the layers are no larger than they are said to be', () => {
  const [companion, sealing, selfContained] = layers.map(
    (layer) => statSync(join(one, `spanseal-${layer}-layer.zip`)).size,
  );
  // A KB of the quotas of Lambda has 1,024 bytes.
  expect(companion).toBeLessThan(150 * 1024);
  expect(sealing).toBeLessThan(50_000);
  expect(selfContained).toBeLessThan(600_000);
});
