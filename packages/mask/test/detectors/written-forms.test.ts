import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// Tokens, cards and addresses as they are written, and what is written like them.

const masker = createMasker();
// Built at run time, so that no scanner takes them for live keys.
const base64 = (label: string): string =>
  Buffer.from(`-----BEGIN ${label}-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n`).toString('base64');

describe('a token goes', () => {
  test.each([
    ['endr', '+4SaQwCbERs2K1eAc'].join(''),
    '$2b$12$KIXkJ8sdF2lQz7WmXb4kJ8sdF2lQz7WmXb4kJ8sdF2lQz7WmXb4ab',
    '$6$abc$kJ8sdF2lQz7WmXb4kJ8sdF2lQz7WmXb4',
    '$argon2id$v=19$m=65536,t=3,p=4$kJ8sdF2lQz7WmXb4$kJ8sdF2lQz7WmXb4',
    ...[
      'PRIVATE KEY',
      'RSA PRIVATE KEY',
      'EC PRIVATE KEY',
      'OPENSSH PRIVATE KEY',
      'PGP PRIVATE KEY BLOCK',
    ].map(base64),
  ])('%s', (token) => {
    expect(masker.text(`got ${token} from it`)).toBe('got **** from it');
  });

  test.each([
    ['https://hooks.zapier.com/hooks/catch/', '123456/abcd12/'],
    ['https://outlook.office.com/webhook/', '8f14e45f-ea6a-467d@8f14e45f/IncomingWebhook/9f8e7d6c5b4a'],
    ['base64url.bearer.authorization.k8s.io.', 'kJ8sdF2lQz7WmXb4kJ8sdF2lQz7WmXb4'],
  ])('%s keeps what is public', (prefix, token) => {
    expect(masker.text(`x ${prefix}${token}`)).toBe(`x ${prefix}****`);
  });
});

const RANDOM = 'kJ8sdF2lQz7WmXb4rT6vYn3c';

describe('a token whose prefix says what it is goes, whoever gave it out', () => {
  test.each(['acme_pat_', 'acme_live_', 'acme_api_', 'acme_production_', 'app2_sk_', 'acme_oat_'])(
    '%s',
    (prefix) => {
      expect(masker.text(`got ${prefix}${RANDOM} from it`)).toBe('got **** from it');
    },
  );

  test.each([
    'acme_live_preview_of_the_next_release',
    'acme_api_someLongNameOfAFunctionThatIsCalled',
    `pk_live_${RANDOM}`,
    `cs_test_${RANDOM}`,
    'cache_key_5f4dcc3b5aa765d61d8327deb882cf99',
    'idempotency_token_8f14e45fceea467fa8d12b6a9f1c3e77',
  ])('%s is none', (text) => {
    expect(masker.text(`got ${text} from it`)).toBe(`got ${text} from it`);
  });
});

describe('a token of a vendor goes', () => {
  test.each([
    ['llx-', RANDOM],
    ['unkey_', RANDOM],
    ['SWMTKN-1-', '6w8p3i3ol882v5gylxzzlq9xeb3ak81hijof96su8ejn0rt8hb-qwcm019095y47p3yzfx6lkzi'],
    ['sk-', 'k_J8sdF2-lQz7WmXb4rT6vYn3c_k_J8sdF2-lQz7WmXb4rT6v'],
    ['ck_', 'f68e0aec2197ec0c0edf48e38f258539f68e0aec'],
    ['p8e-', 'fdds1rnvw24oc615pyky3fuovks7ha3e'],
  ])('%s', (prefix, body) => {
    expect(masker.text(`got ${prefix}${body} from it`)).toBe('got **** from it');
  });
});

describe('a token of characters that repeat is a sample', () => {
  test.each([
    'sgp_5555555dAAAAA7777777CcccCFaaaaaaaaaaaaaa',
    `ghp_${'aaaaaabbbbbb111111ccccccDDDDDD'}`,
    base64('CERTIFICATE'),
  ])('%s', (token) => {
    expect(masker.text(`got ${token} x`)).toBe(`got ${token} x`);
  });
});

describe('a card goes, whatever parts its groups', () => {
  test.each(['4111.1111.1111.1111', '4111_1111_1111_1111', '4111/1111/1111/1111'])('%s', (card) => {
    expect(masker.text(`card ${card} x`)).toBe('card **** x');
  });

  test.each([
    '4111.1111.1111.1112',
    '4111.1111.1111.1111.7',
    '4111_1111/1111_1111',
    'a/4111/1111/1111/1111/b',
  ])('%s is none', (text) => {
    expect(masker.text(`card ${text} x`)).toBe(`card ${text} x`);
  });
});

describe('a password goes whole', () => {
  test.each([
    'postgres://app:p@ss:w0rd/1@db/x',
    'user:w0rd/1@unix(/tmp/mysql.sock)/db',
    'user:w0rd@udp(h:1)/db',
  ])('%s', (text) => {
    expect(masker.text(text)).not.toContain('w0rd');
  });

  test('while hosts with ports, and lists of them, stay', () => {
    for (const text of ['a://db:5432/x/y@z', 'mongodb://a:1,b:2,c:3/db', 'http://[::1]:80/a@b'])
      expect(masker.text(text)).toBe(text);
    const replicas = (login: string): string => `mongodb://${login}@a:1,b:2/db?to=x@y`;
    expect(masker.text(replicas('u:w0rd'))).toBe(replicas('****:****'));
  });
});

test('the names of exporters and networks that hold a credential are names of secrets', () => {
  for (const name of [
    'x-honeycomb-team',
    'wpa_psk',
    'OTEL_EXPORTER_OTLP_HEADERS',
    'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  ])
    expect(masker.text(`${name}=swordfish`)).toBe(`${name}=****`);
  for (const text of ['OTEL_EXPORTER_OTLP_PROTOCOL=grpc', 'tls.psk_mode=dhe'])
    expect(masker.text(text)).toBe(text);
});

test('the names of session cookies are names of secrets', () => {
  for (const name of [
    'laravel_session',
    'ci_session',
    '__Host-sid',
    '__Secure-x',
    'AspNetCore.Identity.Application',
  ])
    expect(masker.text(`${name}=swordfish`)).toBe(`${name}=****`);
  for (const text of ['aspnetcore.identity.user_type=x', '__hostname=swordfish', 'session=started'])
    expect(masker.text(text)).toBe(text);
});

describe('what stands beside an escape', () => {
  const personal = createMasker({ extends: ['default', 'pii'], controlCharacters: 'keep' });
  const values = [
    '4111111111111111',
    '192.168.7.11',
    '2001:db8::8a2e:370:7334',
    '00:1a:2b:3c:4d:5e',
    '(415) 555-0132',
  ];

  test.each(values)('%s is found behind the escape of a sign that separates', (value) => {
    for (const sign of ['%22', '%3D', '%3a', '%20', '%2522', '%7B%22', '\\n', '\\\\t', '%0A']) {
      const text = `note ${sign}${value}${sign} end`;
      expect([text, personal.text(text)]).toEqual([text, `note ${sign}****${sign} end`]);
    }
  });

  test('a card in the JSON of a form that is no whole URL is found', () => {
    const form = (card: string): string => `search?q=%7B%22note%22%3A%22${card}%22%7D`;
    expect(personal.text(form('4111111111111111'))).toBe(form('****'));
    expect(personal.text(`sent ${form('4111111111111111')}`)).toBe(`sent ${form('****')}`);
    expect(personal.text(form('4111111111111112'))).toBe(form('4111111111111112'));
  });

  test('names and signs around an address are none of it', () => {
    expect(personal.text('From 10.0.0.1. Then 10.0.0.2...')).toBe('From ****. Then ****...');
    expect(personal.text('addr:fe80::1 client:2001:db8::1')).toBe('addr:**** client:****');
    expect(personal.text('eth0 00:1a:2b:3c:4d:5e: up')).toBe('eth0 ****: up');
    expect(personal.text('version 1.2.3.4.5')).toBe('version 1.2.3.4.5');
  });
});

describe('in other spellings', () => {
  test.each([
    ['a licence of New Relic', ['1658b2054055087e1be771602e4befeec09f', 'NRAL'].join('')],
    ['a token of Ory', ['ory_rt_', 'kJ8vQ2xN7mR4tW9yB3cF.6hL1kJ8vQ2xN7'].join('')],
    ['an account in small letters', 'de89370400440532013000'],
    ['an account in small letters and groups', 'gb29 nwbk 6016 1331 9268 19'],
  ])('%s goes', (_, token) => {
    expect(masker.text(`got ${token} from it`)).toBe('got **** from it');
    expect(masker.attribute('note', token)).toBe('****');
  });

  test.each([
    'de89370400440532013001',
    'de89-3704-0044-0532-0130-00',
    '1658b2054055087e1be771602e4befeec09NRAL',
    'Negotiate a better contract for the next generation',
  ])('%s stays', (text) => {
    expect(masker.attribute('note', text)).toBe(text);
  });

  test('what a server answers to a negotiation goes', () => {
    const token = 'PAqxDpuV+Fpid1U5XU5gh3q4kGGtqCsquTNoTk/fjap7z8D3GdkORPpHExhZ8mPy';
    expect(masker.attribute('http.response.header.www-authenticate', [`Negotiate ${token}`])).toEqual([
      'Negotiate ****',
    ]);
  });
});

describe('a hexadecimal parameter of a one-time link goes', () => {
  const token = '9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015';

  test.each(['/verify-email', '/reset-password', '/auth/magic', '/confirm'])('on %s', (path) => {
    expect(masker.attribute('url.full', `https://h.example${path}?t=${token}&x=1`)).toBe(
      `https://h.example${path}?t=****&x=1`,
    );
    expect(masker.text(`open https://h.example${path}?t=${token} now`)).toBe(
      `open https://h.example${path}?t=**** now`,
    );
  });

  test.each([`/users?t=${token}`, '/confirm?t=1699999999', `/confirm?build=${token}`])(
    'and %s stays',
    (path) => {
      expect(masker.attribute('url.full', `https://h.example${path}`)).toBe(`https://h.example${path}`);
    },
  );
});
