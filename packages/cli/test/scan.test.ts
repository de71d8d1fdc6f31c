import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { TraceRequest } from '@spanseal/otlp';
import { renderScanPage } from '../src/scan/scan-page.js';
import { renderScan } from '../src/scan/scan-table.js';
import { anchoredFile } from './anchored-file.js';
import { base62, requestOf, scanned, seededText, textAttribute } from './captures.js';
import { delimited, folder, framed, json, protobuf, spanseal, spansealHere } from './spanseal.js';

const token = seededText(5, 43, base62);
const leaky: TraceRequest = requestOf({
  name: 'sign in',
  attributes: [textAttribute('blob', token), textAttribute('password', 'hunter2')],
});
const calm: TraceRequest = requestOf({ attributes: [textAttribute('password', 'hunter2')] });
const lines = (requests: TraceRequest[]) =>
  Buffer.concat(requests.flatMap((request) => [json(request), Buffer.from('\n')]));
const inputs: Record<string, Uint8Array> = {
  'one.pb': protobuf(leaky),
  'framed.pb': framed([protobuf(leaky), protobuf(calm)]),
  'delimited.pb': delimited([protobuf(leaky), protobuf(calm)]),
  'one.json': json(leaky),
  'lines.jsonl': lines([leaky, calm]),
  'lines.jsonl.gz': gzipSync(lines([leaky, calm])),
};

describe('spanseal scan', () => {
  test('takes neither seals nor checkpoints for secrets, and mask leaves both as they are', async () => {
    const file = anchoredFile();
    expect(await spansealHere(['scan', file])).toMatchObject({ code: 0 });
    const masked = join(folder(), 'masked.pb');
    expect((await spansealHere(['mask', file, '-o', masked])).code).toBe(0);
    expect(readFileSync(masked).equals(readFileSync(file))).toBe(true);
  });

  const home = folder({ ...inputs, 'calm.json': json(calm), 'policy.yaml': 'extends: []\n' });
  const at = (name: string) => join(home, name);

  test.each(Object.keys(inputs))('finds the leak in %s, and leaves the file as it is', (name) => {
    const before = readFileSync(at(name));
    const { code, stdout, stderr } = spanseal(['scan', at(name), '--format', 'json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      result: 'leaks',
      files: 1,
      leaks: [{ key: 'blob', kind: 'high-entropy' }],
    });
    expect(report.masked).toMatchObject({ rules: [{ rule: 'default:pass' }], values: report.requests });
    expect(stdout).not.toMatch(/hunter2/);
    expect(stdout).not.toContain(token.slice(0, 6));
    expect(readFileSync(at(name)).equals(before)).toBe(true);
  });

  test('takes several files and standard input together, and says 0 when nothing is left', () => {
    const { code, stdout } = spanseal(['scan', at('calm.json'), '-'], { input: json(calm) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CLEAN: nothing left that looks secret\n2 files · 2 requests · 2 spans · /);
  });

  test('does not praise a capture without a span', async () => {
    const { code, stdout } = await spansealHere(['scan', '-']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CLEAN: there was no span to look at\n/);
  });

  test('prints a table without colour, no wider than it may be, with a rule for each finding', () => {
    const { code, stdout } = spanseal(['scan', at('one.json')], { env: { FORCE_COLOR: '1' } });
    expect(code).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/^LEAKS: something still looks secret in 1 place\n/);
    expect(stdout).toMatch(/masked, by rule\n {2}default:pass +1 +█+\n/);
    expect(stdout).toMatch(
      / 1 {2}attribute blob\n.*random characters.*\n.*Aa9×43 · in checkout\n +\+ keys:\n +\+ {3}- \^blob\$\n/,
    );
  });

  test('scans as a policy would', () => {
    const { code, stdout } = spanseal([
      'scan',
      at('calm.json'),
      '--policy',
      at('policy.yaml'),
      '--format=json',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      masked: { values: 0 },
      leaks: [{ kind: 'secret-name', key: 'password' }],
    });
  });

  test('every kind of wrong use is 3, said in one line, with nothing of a value', async () => {
    const broken = folder({
      'broken.json': '{"resourceSpans":[{"hunter2":',
      'other.txt': 'hunter2 is no capture',
      'wrong.yaml': 'mask: []',
    });
    const uses: [string[], string][] = [
      [['scan'], 'ERR_SPANSEAL_CLI_ARGUMENT'],
      [['scan', at('nowhere.json')], 'ERR_SPANSEAL_CLI_INPUT'],
      [['scan', join(broken, 'other.txt')], 'ERR_SPANSEAL_CLI_INPUT'],
      [['scan', join(broken, 'broken.json')], 'ERR_SPANSEAL_OTLP_'],
      [['scan', at('one.json'), '--format', 'xml'], 'ERR_SPANSEAL_CLI_OPTION'],
      [['scan', at('one.json'), '--colour', 'hunter2'], 'ERR_SPANSEAL_CLI_OPTION'],
      [['scan', at('one.json'), '--policy', at('nowhere.yaml')], 'ERR_SPANSEAL_CLI_POLICY'],
      [['scan', at('one.json'), '--policy', join(broken, 'other.txt')], 'ERR_SPANSEAL_(?:CLI_)?POLICY'],
      [['scan', at('one.json'), '--policy', join(broken, 'wrong.yaml')], 'ERR_SPANSEAL_POLICY'],
      [['scan', at('one.json'), '--html', at('one.json')], 'ERR_SPANSEAL_CLI_ARGUMENT'],
      [['scan', at('one.json'), '--html', home], 'ERR_SPANSEAL_CLI_ARGUMENT'],
      [['scan', at('one.json'), '--html', at('nowhere/page.html')], 'ERR_SPANSEAL_CLI_OUTPUT'],
    ];
    for (const [args, errorCode] of uses) {
      const { code, stdout, stderr } = await spansealHere(args);
      expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^error ${errorCode}[^\\n]*: [^\\n]+\\n$`));
      expect(stderr).not.toContain('hunter2');
    }
  });
});

describe('the page of a scan', () => {
  test('is written whole, beside the report, over an old one with its mode', () => {
    const home = folder({ 'one.json': json(leaky), 'page.html': 'old' });
    chmodSync(join(home, 'page.html'), 0o600);
    const { code, stdout } = spanseal(['scan', join(home, 'one.json'), '--html', join(home, 'page.html')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^LEAKS/);
    const page = readFileSync(join(home, 'page.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(statSync(join(home, 'page.html')).mode & 0o777).toBe(0o600);
    expect(readdirSync(home).sort()).toEqual(['one.json', 'page.html']);
  });

  test('is not written when the scan fails, or over the policy or an input by another path', () => {
    const home = folder({ 'one.json': json(leaky), 'bad.json': '{', 'policy.yaml': 'extends: []\n' });
    linkSync(join(home, 'one.json'), join(home, 'link.html'));
    mkdirSync(join(home, 'out'));
    const file = (name: string) => join(home, name);
    expect(spanseal(['scan', file('one.json'), file('bad.json'), '--html', file('out/page.html')]).code).toBe(
      3,
    );
    expect(existsSync(file('out/page.html'))).toBe(false);
    for (const target of ['link.html', 'policy.yaml']) {
      const before = readFileSync(file(target), 'utf8');
      const args = ['scan', file('one.json'), '--policy', file('policy.yaml'), '--html', file(target)];
      expect(spanseal(args).code).toBe(3);
      expect(readFileSync(file(target), 'utf8')).toBe(before);
    }
  });

  test('loads nothing, names its script and style by their hash, and escapes every name', () => {
    const key = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
    const service = '</title><script>alert(3)</script>';
    const attributes = [textAttribute(key, token), textAttribute('map', `{"<b>":{"<i>":"${token}"}}`)];
    const policy = { keys: [{ pattern: '<u>', name: '<svg onload=alert(4)>' }] };
    const report = scanned(
      [requestOf({ attributes: [...attributes, textAttribute('<u>', 'x')] }, service)],
      policy,
    );
    const page = renderScanPage(report);
    expect(page).not.toMatch(/<img|<b>|<i>|<u>|<svg onload|<script>alert/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/(?:src|href)="(?!data:,")/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).not.toMatch(/ style=| on[a-z]+="/);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toContain(token.slice(0, 6));
    expect(page).toContain('&lt;svg onload=alert(4)&gt;');
  });

  test('a clean scan of nothing is a page too', () => {
    const page = renderScanPage(scanned([]));
    expect(page).toContain('There was no span to look at');
    expect(page).not.toContain('NaN');
  });
});

describe('the table of a scan', () => {
  const key = `\u001b[31mred\u202e${'long '.repeat(30)}`;
  const report = scanned([
    requestOf(
      {
        attributes: [
          textAttribute(key, token),
          textAttribute('パスワード', 'himitsu'),
          textAttribute('token', 'x'),
        ],
      },
      'サービス',
    ),
  ]);

  test.each([40, 60, 100, 160])(
    'fits %i columns as far as names allow, and shows no control character',
    (columns) => {
      const text = renderScan(report, { columns, colour: false });
      expect(text.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      for (const line of text.split('\n')) {
        if (/^ {2}\S/.test(line) && !line.startsWith('  …')) expect(line.length).toBeLessThanOrEqual(columns);
      }
    },
  );

  test('is coloured on a terminal, and otherwise the same', () => {
    const plain = renderScan(report, { columns: 100, colour: false });
    const coloured = renderScan(report, { columns: 100, colour: true });
    expect(coloured).toContain('\u001b[31mLEAKS');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});
