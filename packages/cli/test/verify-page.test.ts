import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Finding, Report, StreamReport } from '@spanseal/seal';
import { renderVerifyPage } from '../src/verify/verify-page.js';
import { anchoredFile } from './anchored-file.js';
import {
  folder,
  json,
  plainSpan,
  protobuf,
  realm,
  sealedRequests,
  secret,
  spanseal,
  spansealHere,
} from './spanseal.js';

const nowMillis = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;

/** A stream of an hour, complete. */
function stream(number: number, change: Partial<StreamReport> = {}): StreamReport {
  const startMillis = nowMillis - 5 * hour + number * 1000;
  const times = { startMillis, lastMillis: startMillis + hour };
  const counts = { spans: 10, missing: [], checkpoints: 12, ended: true as const };
  return { stream: `stream-${number}`, keyId: 'k-1', verdict: 'complete', ...counts, ...times, ...change };
}

function report(change: Partial<Report> = {}): Report {
  const spans = { total: 10, valid: 10, invalid: 0, changed: 0 };
  return { result: 'intact', spans, streams: [stream(0)], findings: [], ...change };
}

const pageOf = (given: Report, more: Partial<Parameters<typeof renderVerifyPage>[0]> = {}): string =>
  renderVerifyPage({ report: given, sources: [], files: ['traces.jsonl'], nowMillis, ...more });

/** A page without its markup. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

const changed = (number: number, change: Partial<Finding> = {}): Finding => {
  const [traceId, spanId] = [`trace-${number}`, `span-${number}`];
  return {
    verdict: 'changed',
    traceId,
    spanId,
    section: 'span',
    message: 'changed after sealing',
    ...change,
  };
};

describe('spanseal verify --html', () => {
  const key = ['--key', secret, '--realm', realm];
  const intact = protobuf({ resourceSpans: sealedRequests().flatMap(({ resourceSpans }) => resourceSpans) });
  const tampered = Buffer.from(
    Buffer.from(intact).toString('latin1').replace('/orders/2', '/orders/7'),
    'latin1',
  );
  const unsigned = json({ resourceSpans: [{ scopeSpans: [{ spans: [plainSpan(0)] }] }] });

  test.each([
    ['intact', intact, 0, /Intact: every span that is there is as it was sealed/],
    ['tampered', tampered, 1, /Tampered: something was changed.*changed after sealing/],
    ['incomplete', unsigned, 2, /Incomplete: spans are missing.*carries no seal/],
  ])('writes the page beside the report, and keeps the exit code: %s', (result, bytes, code, words) => {
    const home = folder({ 'in.pb': bytes });
    const args = ['verify', join(home, 'in.pb'), ...key, '--html', join(home, 'page.html')];
    const table = spanseal(args);
    expect({ code: table.code, stderr: table.stderr }).toEqual({ code, stderr: '' });
    expect(table.stdout).toMatch(new RegExp(`^${result.toUpperCase()}:`));
    const page = readFileSync(join(home, 'page.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(textOf(page)).toMatch(words);
    expect(textOf(page)).toContain(join(home, 'in.pb'));
    const object = spanseal([...args, '--format', 'json']);
    expect(object.code).toBe(code);
    expect(JSON.parse(object.stdout)).toMatchObject({ result });
    expect(readdirSync(home).sort()).toEqual(['in.pb', 'page.html']);
  });

  test('writes over an old page with its mode, and shows what checkpoints say', async () => {
    const home = folder({ 'page.html': 'old' });
    chmodSync(join(home, 'page.html'), 0o600);
    const file = anchoredFile({ leaves: [0, 4] });
    expect(await spansealHere(['verify', file, ...key, '--html', join(home, 'page.html')])).toMatchObject({
      code: 2,
    });
    expect(statSync(join(home, 'page.html')).mode & 0o777).toBe(0o600);
    const text = textOf(readFileSync(join(home, 'page.html'), 'utf8'));
    expect(text).toMatch(/3 spans are missing, or did not verify: seq 1–3/);
    expect(text).toMatch(/3 spans missing: seq 1–3, /);
  });

  test('refuses to write over what is read, by whatever path, and says nothing else', async () => {
    const home = folder({ 'in.pb': intact, 'key.env': `SPANSEAL_SIGNING_KEY=${secret}\n`, 'bad.json': '{' });
    linkSync(join(home, 'in.pb'), join(home, 'link.html'));
    mkdirSync(join(home, 'out'));
    const at = (name: string) => join(home, name);
    const withFile = ['--key-file', at('key.env'), '--realm', realm];
    for (const [args, error] of [
      [[at('in.pb'), ...key, '--html', at('link.html')], 'ERR_SPANSEAL_CLI_ARGUMENT'],
      [[at('in.pb'), ...withFile, '--html', at('key.env')], 'ERR_SPANSEAL_CLI_ARGUMENT'],
      [[at('in.pb'), ...key, '--html', home], 'ERR_SPANSEAL_CLI_ARGUMENT'],
      [[at('in.pb'), ...key, '--html', at('nowhere/page.html')], 'ERR_SPANSEAL_CLI_OUTPUT'],
      [[at('in.pb'), at('nowhere.pb'), ...key, '--html', at('out/page.html')], 'ERR_SPANSEAL_CLI_INPUT'],
      [[at('in.pb'), ...key, '--html'], 'ERR_SPANSEAL_CLI_OPTION'],
    ] as const) {
      const { code, stdout, stderr } = await spansealHere(['verify', ...args]);
      expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^error ${error}: [^\\n]+\\n$`));
    }
    const env = { SPANSEAL_SIGNING_KEY_FILE: at('key.env'), SPANSEAL_REALM: realm };
    expect(spanseal(['verify', at('in.pb'), '--html', at('key.env')], { env }).code).toBe(3);
    expect(readFileSync(at('key.env'), 'utf8')).toContain(secret);
    expect(existsSync(at('out/page.html'))).toBe(false);
    expect(readdirSync(home).sort()).toEqual(['bad.json', 'in.pb', 'key.env', 'link.html', 'out']);
  });
});

describe('the page of a verification', () => {
  test('loads nothing, runs nothing, and takes every name for text', () => {
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
    const hidden = 'a\u0000b\u202ec\u2066d\u200be';
    const page = pageOf(
      report({
        result: 'tampered',
        streams: [stream(0, { stream: evil, keyId: evil, verdict: 'missing' })],
        findings: [
          changed(0, {
            traceId: evil,
            spanId: hidden,
            section: evil,
            added: [evil, hidden, 'x'.repeat(5000)],
          }),
          { verdict: 'unknown-key', traceId: '', spanId: '', keyId: evil, message: evil },
          { verdict: 'missing', stream: evil, message: evil },
          { verdict: 'missing', stream: `${evil}2`, message: hidden },
          { verdict: 'malformed', source: evil, message: evil },
        ],
      }),
      {
        files: [evil, hidden],
        sources: [{ file: evil, code: 'STORE_TEXT', path: hidden, count: 2, message: 'texts' }],
      },
    );
    expect(page).not.toMatch(/<img|<script/);
    expect(page).not.toMatch(/(?:src|href)="(?!data:,"|#[a-z]+")/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).not.toMatch(/ style=| on[a-z]+="/);
    expect(page).not.toContain('script-src');
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069\u200b]/);
    expect(page).toContain('a\\u0000b\\u202ec\\u2066d\\u200be');
    expect(page).not.toContain('x'.repeat(121));
    expect(textOf(page)).toContain('(no id)');
  });

  test('says how each stream ended in words, and in the name of its picture', () => {
    const { ended: _, ...endless } = stream(2, { stream: 's-cut', verdict: 'truncated' });
    const { ended: __, ...open } = stream(3, { stream: 's-open', open: true });
    const { ended: ___, checkpoints: ____, ...plain } = stream(4, { stream: 's-plain' });
    const gap = { fromMillis: stream(1).startMillis, toMillis: stream(1).startMillis + 300_000 };
    const gaps: StreamReport['gaps'] = [
      { kind: 'missing', first: 4, last: 6, count: 3, ...gap },
      { kind: 'declared', first: 7, last: 7, count: 1, ...gap },
      { kind: 'sampled', first: 8, last: 9, count: 2, ...gap },
      { kind: 'checkpoints', first: 1, last: 1, count: 1, ...gap },
    ];
    const streams = [
      stream(0),
      stream(1, { stream: 's-gaps', verdict: 'fork', gaps }),
      { ...endless },
      { ...open },
      { ...plain },
    ];
    const page = pageOf(
      report({
        result: 'tampered',
        streams,
        findings: [
          { verdict: 'fork', stream: 's-gaps', message: 'two checkpoints have the number 0' },
          { verdict: 'truncated', stream: 's-cut', message: 'the stream has no end' },
        ],
      }),
    );
    const names = [...page.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, name]) => name);
    expect(names).toHaveLength(5);
    expect(names[0]).toMatch(
      /^Stream s-gaps, fork; 2026-11-21 07:00:01 – 08:00:01; 2 spans not there with the whole of their traces; 1 span not there, as the exporter said; 3 spans missing; 1 checkpoint missing; two histories; ended$/,
    );
    expect(names.slice(1).map((name) => name?.split('; ').at(-1))).toEqual([
      'no end',
      'ended',
      'still running, no end yet',
      'makes no checkpoints: whether it ended, nobody can say',
    ]);
    const text = textOf(page);
    for (const each of names) expect(text).toContain(each?.split('; ').at(-1));
    expect(text).toContain('3 spans missing: seq 4–6, 07:00:01 – 07:05:01');
    expect(text).toContain('1 checkpoint missing: number 1, ');
    expect(text).toContain('two checkpoints have the number 0');
    expect(text).toContain('2026-11-21 07:00:00 – 08:00:00 (60 min) · 10 spans · 12 checkpoints · ended');
    expect(text).toContain('2026-11-21 07:00:04 – 08:00:04, and up to five minutes more');
    for (const mark of ['missing', 'declared', 'sampled', 'checkpoints'])
      expect(page).toContain(`class="gap ${mark}"`);
    for (const mark of ['stop', 'goes-on', 'cut']) expect(page).toContain(`class="${mark}"`);
  });

  test('tells of gaps that follow on each other as of one', () => {
    const { startMillis } = stream(0);
    const at = (number: number) => startMillis + number * 60_000;
    const gap = (number: number, kind: 'missing' | 'declared' = 'missing') => {
      const range = { first: 10 * number, last: 10 * number + 9, count: 10 };
      return { kind, ...range, fromMillis: at(number), toMillis: at(number + 1) };
    };
    const gaps = [gap(1), gap(2), gap(4), gap(3, 'declared')];
    const page = pageOf(report({ streams: [stream(0, { verdict: 'missing', gaps })] }));
    const text = textOf(page);
    expect(text).toContain('20 spans missing: seq 10–29, 07:01:00 – 07:03:00');
    expect(text).toContain('10 spans missing: seq 40–49, 07:04:00 – 07:05:00');
    expect(text).toContain('10 spans not there, as the exporter said: seq 30–39, 07:03:00 – 07:04:00');
    // The bar reaches from 1 to 97.5 percent of the width.
    const marks = [...page.matchAll(/class="gap missing" x="([\d.]+)%" y="\d+" width="([\d.]+)%"/g)];
    expect(marks.map(([, x, width]) => [x, width])).toEqual([
      ['2.61', '3.22'],
      ['7.43', '1.61'],
    ]);
  });

  test('puts what is worst first, whatever stands before it', () => {
    const noise = Array.from({ length: 5000 }, (_, at): Finding => {
      return changed(at, { verdict: 'unsigned', traceId: `noise-${at % 7}`, message: 'carries no seal' });
    });
    const cut = changed(2, { traceId: 'noise-2', cut: true });
    const page = pageOf(
      report({ result: 'tampered', findings: [cut, ...noise, changed(1, { traceId: 'noise-1' })] }),
    );
    const traces = [...page.matchAll(/<h3>trace <code>([^<]*)/g)].map(([, id]) => id);
    expect(traces[0]).toBe('noise-1');
    expect(traces).toHaveLength(7);
    expect(page.indexOf('span-1<')).toBeLessThan(page.indexOf('carries no seal'));
    expect(page.match(/chip bad">changed/g)).toHaveLength(2);
    expect(page).toContain('chip warn">changed');
  });

  test('stays readable with ten thousand findings and thousands of streams, and says what it leaves out', () => {
    const long = '<\u202e&>"\''.repeat(40);
    const findings = Array.from({ length: 10_000 }, (_, at) =>
      changed(at, {
        traceId: `${at}${long}`,
        spanId: long,
        stream: long,
        added: Array.from({ length: 3 }, () => long),
      }),
    );
    const gaps = Array.from({ length: 2000 }, (_, at) => ({
      ...{ kind: at % 2 === 0 ? ('missing' as const) : ('declared' as const), first: at, last: at, count: 1 },
      ...{ fromMillis: stream(0).startMillis + at * 1800, toMillis: stream(0).startMillis + at * 1800 },
    }));
    const bad = Array.from({ length: 2000 }, (_, at) => stream(at, { verdict: 'missing', gaps }));
    const good = Array.from({ length: 3000 }, (_, at) => stream(2000 + at));
    const given = report({ result: 'tampered', streams: [...good, ...bad], findings, findingsOmitted: 1234 });
    const started = Date.now();
    const page = pageOf(given);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(page.length).toBeLessThan(10_000_000);
    expect(page.match(/role="img"/g)).toHaveLength(51);
    const text = textOf(page);
    expect(text).toContain('and 8,000 more findings in 8,000 more traces: --format json lists them');
    expect(text).toContain('Findings that no report lists, and the numbers count: 1,234.');
    expect(text).toContain('and 1,950 more streams with findings, not shown: 1,950 missing');
    expect(text).toContain('3,000 streams with nothing to find');
    expect(page).toMatch(
      /aria-label="3,000 complete streams over time: [^"]*30,000 spans[^"]*at most \d,\d{3} at a time"/,
    );
    const one = pageOf(report({ findings: findings.map((finding) => ({ ...finding, traceId: 'one' })) }));
    expect(textOf(one)).toContain('and 9,900 more findings in this trace');
  });

  test('takes no time for one that breaks its picture', () => {
    const absurd = { startMillis: 0, lastMillis: Number.MAX_SAFE_INTEGER };
    const gaps = [{ kind: 'missing' as const, first: 0, last: 0, count: 1, fromMillis: 9e15, toMillis: 0 }];
    const none = { startMillis: nowMillis, lastMillis: nowMillis };
    for (const streams of [
      [stream(0, { ...absurd, gaps })],
      [stream(0, none)],
      Array.from({ length: 20 }, () => stream(0, absurd)),
    ]) {
      const page = pageOf(report({ streams }));
      expect(page).not.toMatch(/NaN|Infinity|undefined/);
      expect(
        [...page.matchAll(/ (?:x|width)="(-?[\d.]+)%"/g)].every(
          ([, at]) => Number(at) >= 0 && Number(at) <= 100,
        ),
      ).toBe(true);
    }
  });

  test('explains the verdicts that occur, and no others, as they weigh in this report', () => {
    const spans = { total: 3, valid: 1, invalid: 0, changed: 1, duplicate: 1 };
    const findings: Finding[] = [
      changed(0, { cut: true }),
      { verdict: 'malformed', source: 'a', message: 'm' },
    ];
    const page = pageOf(report({ result: 'incomplete', spans, findings }));
    const glossary = page.slice(page.indexOf('class="card glossary"'));
    const chips = [...glossary.matchAll(/chip (\w+)">([\w-]+)</g)].map(
      ([, tone, verdict]) => `${verdict} ${tone}`,
    );
    expect(chips).toEqual([
      'changed warn',
      'malformed warn',
      'valid good',
      'duplicate good',
      'complete good',
    ]);
    expect(page).toContain('<div class="warn"><dt>changed</dt><dd>1</dd></div>');
    expect(textOf(page)).toMatch(/Sources .*a : m/);
  });

  test('says what an intact result leaves open', () => {
    expect(textOf(pageOf(report()))).toContain('Nothing in these traces contradicts what was sealed.');
    const open = pageOf(report({ streams: [stream(0, { open: true })] }));
    expect(textOf(open)).toContain(
      'But a stream has no end yet: what comes after, nobody can say; verify again',
    );
    const nothing = report({
      result: 'incomplete',
      streams: [],
      spans: { total: 0, valid: 0, invalid: 0, changed: 0 },
    });
    expect(textOf(pageOf(nothing))).toContain('Incomplete');
  });
});
