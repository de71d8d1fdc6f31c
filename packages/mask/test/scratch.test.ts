import { readFileSync } from 'node:fs';
import { test } from '@jest/globals';
import { maskCommandArguments } from '../src/content/command-line.js';
import { maskQueryText } from '../src/content/query-text.js';
import { maskRedisText } from '../src/content/redis-text.js';
import { maskSqlText } from '../src/content/sql-text.js';
import { maskUrlText } from '../src/content/url-text.js';
import { builtInDetectors } from '../src/detectors/built-in-detectors.js';
import { FakeRules, maskWithDetector } from './content/fake-rules.js';

const V = '/work/shared/vectors/';
const load = (f: string): any => JSON.parse(readFileSync(V + f, 'utf8').replaceAll('\u00a6', ''));
const out: string[] = [];
const log = (...a: unknown[]) => out.push(a.join(' '));

test('dumps', () => {
  const index = load('span-dumps-index.json');
  let n = 0;
  for (const c of index.cases) {
    const file = load('span-dumps/' + c.file);
    for (const h of c.hits) {
      if (['service-metadata', 'client-ip', 'url-signature'].includes(h.class)) continue;
      let o: any = file;
      const path = h.pointer
        .split('/')
        .slice(1)
        .map((p: string) => p.replaceAll('~1', '/').replaceAll('~0', '~'));
      for (const p of path) o = o[p];
      const rules = new FakeRules();
      const key = h.attribute ?? '';
      let masked: any;
      if (Array.isArray(o)) masked = maskCommandArguments(o, rules).join(' ');
      else if (/url|target/.test(key) && key !== 'db.url')
        masked = key === 'url.query' ? maskQueryText(o, rules) : maskUrlText(o, rules);
      else if (/db.(statement|query)/.test(key))
        masked = /^eval|^set |^get /i.test(o) ? maskRedisText(o, rules) : maskSqlText(o, {}, rules);
      else masked = rules.maskText(o);
      n++;
      if (h.class === 'phone') continue;
      const needle = h.canary.replace(/^code=/, '');
      if (masked.includes(needle))
        log('LEAK', h.class, key, h.canary, '\n   ', String(o).slice(0, 200), '\n   ', masked.slice(0, 200));
    }
  }
  log('dumps', n);
});
test('url', () => {
  for (const f of ['url-semconv.json', 'url-otel-http.json'])
    for (const c of load(f).cases) {
      if (typeof c.input !== 'string' || c.config) continue;
      const r = new FakeRules('REDACTED');
      const m = c.attribute === 'url.query' ? maskQueryText(c.input, r) : maskUrlText(c.input, r);
      const e = c.expect;
      const ok = e.unchanged
        ? m === c.input
        : e.equals !== undefined
          ? m === e.equals
          : e.equalsOneOf
            ? e.equalsOneOf.includes(m)
            : (e.absent ?? []).every((x: string) => !m.includes(x)) &&
              (e.present ?? []).every((x: string) => m.includes(x));
      if (!ok) log('URL', c.id, '\n   ', c.input, '\n   ', m, '\n   ', JSON.stringify(e));
    }
});
test('sql', () => {
  for (const c of load('sql-newrelic.json').cases)
    for (const dialect of c.config.dialects) {
      const m = maskSqlText(c.input, { dialect }, new FakeRules());
      const e = c.expect.equalsOneOf ?? [c.expect.equals];
      if (!e.includes(m)) log('SQL', dialect, c.id, '\n   ', c.input, '\n   ', m, '\n   ', JSON.stringify(e));
    }
});
test('redis', () => {
  for (const c of load('redis-datadog.json').cases) {
    if (c.op !== 'redis-obfuscate') continue;
    const m = maskRedisText(c.input, new FakeRules());
    const e = c.expect;
    const norm = (s: string) =>
      s
        .split('\n')
        .map((l) => l.trim())
        .filter(Boolean)
        .join('\n');
    const ok = e.unchanged
      ? m === c.input
      : e.equals !== undefined
        ? norm(m) === norm(e.equals)
        : (e.absent ?? []).every((x: string) => !m.includes(x));
    if (!ok) log('REDIS', c.input, '\n   ', m, '\n   ', JSON.stringify(e).slice(0, 200));
  }
});
test('cards', () => {
  for (const c of load('cards-datadog.json').cases) {
    if (c.entity !== 'CREDIT_CARD') continue;
    const m = maskWithDetector(c.input, 'payment-card');
    if ((m !== c.input) !== c.expect.detect) log('CARD', c.input, m);
  }
  const map: any = {
    CREDIT_CARD: 'payment-card',
    IBAN_CODE: 'iban',
    IP_ADDRESS: 'ip-address',
    US_SSN: 'us-ssn',
    EMAIL_ADDRESS: 'email',
    PHONE_NUMBER: 'phone',
  };
  for (const c of load('presidio-a.json').cases) {
    const d = map[c.entity];
    if (!d) continue;
    const m = maskWithDetector(c.input, d);
    const ok = c.expect.unchanged
      ? m === c.input
      : c.expect.absent.every((x: string) => !m.includes(x)) &&
        (c.expect.present ?? []).every((x: string) => m.includes(x));
    if (!ok) log('PRESIDIO', c.entity, c.confidence ?? '', JSON.stringify(c.input), m);
  }
});
test('gitleaks', () => {
  const g = load('gitleaks-a.json');
  let miss = 0,
    total = 0;
  const seen = new Set();
  for (const c of g.cases) {
    if (!c.truePositive || c.needsContext) continue;
    total++;
    const m = ['pem-private-key', 'jwt', 'api-token', 'aws-access-key-id'].reduce(
      (t, d) => maskWithDetector(t, d),
      c.input as string,
    );
    if (c.expect.absent.some((x: string) => m.includes(x))) {
      miss++;
      if (!seen.has(c.rule)) {
        seen.add(c.rule);
        log('GL', c.rule, c.input.slice(0, 120), '=>', m.slice(0, 100));
      }
    }
  }
  log('gitleaks', total, 'missed', miss);
  let fp = 0;
  for (const c of g.cases)
    if (!c.truePositive) {
      const m = ['pem-private-key', 'jwt', 'api-token', 'aws-access-key-id'].reduce(
        (t, d) => maskWithDetector(t, d),
        c.input as string,
      );
      if (m !== c.input) {
        fp++;
        log('FP', c.rule, c.input.slice(0, 160), '=>', m.slice(0, 160));
      }
    }
  log('fp', fp);
  let lost = 0;
  let ctx = 0;
  for (const c of g.cases)
    if (c.truePositive && c.needsContext) {
      ctx++;
      const m = new FakeRules().maskText(c.input);
      if (c.expect.absent.some((x: string) => m.includes(x))) {
        lost++;
        if (lost < 30) log('CTX', c.input.slice(0, 150), '=>', m.slice(0, 150));
      }
    }
  log('context', ctx, 'lost', lost, builtInDetectors.size);
});
test('print', () => {
  process.stdout.write(out.join('\n') + '\n');
});
