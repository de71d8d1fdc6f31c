import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PREFIX_FORMATS } from '../../src/detectors/api-token-formats.js';
import { builtInDetectors } from '../../src/detectors/built-in-detectors.js';
import { holdsWords, looksSecret } from '../../src/detectors/secret-shape.js';
import { maskWithDetector } from '../content/fake-rules.js';
import { textTraits } from '../traits.js';

// Built at run time, so that no scanner takes them for live tokens.
const joined = (...parts: readonly string[]): string => parts.join('');
const BODY = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = [
  encode({ alg: 'HS256', typ: 'JWT' }),
  encode({ sub: '1234567890', name: 'Alice' }),
  'c2lnbmF0dXJl',
].join('.');

interface Case {
  readonly detector: string;
  readonly text: string;
  readonly masked: string;
}

const positives: readonly Case[] = [
  ['api-token', `sid 00D5e000001abcD!${'Ab1CdEf2GhIj3KlM4n_.'.repeat(5)}x end`, 'sid **** end'],
  ['api-token', 'pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH', 'pi_****'],
  ['payment-card', 'card 4111 1111 1111 1111 declined', 'card **** declined'],
  ['payment-card', 'q=4111+1111+1111+1111&x', 'q=****&x'],
  ['payment-card', '4111%201111%201111%201111', '****'],
  ['payment-card', 'von Karte 6304 0000 0000 0000, bis', 'von Karte ****, bis'],
  ['payment-card', 'n 5078 0987 9467 0002 254 y', 'n **** y'],
  ['payment-card', '4111 1111 1111 1111 5500 0055 5555 5559', '**** ****'],
  ['payment-card', 'n 213123458889261 y', 'n **** y'],
  ['payment-card', 'card 639075793831 y', 'card **** y'],
  ['payment-card', 'n 5000 0000 0611 y', 'n **** y'],
  ['payment-card', 'n 4111 - 1111 - 1111 - 1111 y', 'n **** y'],
  ['payment-card', 'n 4222 222 222 222 y', 'n **** y'],
  ['payment-card', 'my card # 3509 5597 2979 2627 is', 'my card # **** is'],
  ['payment-card', "What's your credit card? 3509735650166730", "What's your credit card? ****"],
  ['payment-card', 'charge my credit card. Number is 4854746730775', 'charge my credit card. Number is ****'],
  ['payment-card', '\u4fe1\u7528\u5361\u53f74911830000000\u8bf7', '\u4fe1\u7528\u5361\u53f7****\u8bf7'],
  ['payment-card', 'for cc 3503466782884570 on', 'for cc **** on'],
  ['payment-card', 'card number is 4222222222222', 'card number is ****'],
  ['payment-card', '/card/378282246310005', '/card/****'],
  ['payment-card', 'track %B4111111111111111^DOE/JOHN^2512101', 'track %B****^DOE/JOHN^2512101'],
  ['jwt', `sub ${JWT} end`, 'sub **** end'],
  ['jwt', `cut ${JWT.slice(0, 24)}`, 'cut ****'],
  ['jwt', `cut ${JWT.slice(0, JWT.indexOf('.') + 12)}`, 'cut ****'],
  ['aws-access-key-id', `id=${joined('AKIA', 'IOSFODNN7', 'EXAMPLE')}`, 'id=****'],
  ['aws-secret-access-key', joined('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'), '****'],
  ['email', 'v=alice@example.com', 'v=****'],
  ['email', 'to alice%40example.com.', 'to ****.'],
  ['email', 'x%3Dalice%40example.com', 'x%3D****'],
  ['email', 'jürgen@münchen.example', '****'],
  ['url-userinfo', 'postgres://admin:hunter2@db:99999/x', 'postgres://****:****@db:99999/x'],
  ['url-userinfo', 'redis://:pw@host', 'redis://:****@host'],
  ['url-userinfo', 'amqp://u:p/w@host/v', 'amqp://****:****@host/v'],
  ['us-ssn', '/boom/123-45-6789', '/boom/****'],
  ['us-ssn', 'ssn 123 45 6789', 'ssn ****'],
  ['iban', 'DE89 3704 0044 0532 0130 00.', '****.'],
  [
    'pem-private-key',
    `${joined('-----BEGIN ', 'PRIVATE KEY-----')}\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----!`,
    '****!',
  ],
  ['pem-private-key', `${joined('-----BEGIN RSA ', 'PRIVATE KEY-----')}\\nMIIEvQIBADANBgkqAAAA`, '****'],
  [
    'pem-private-key',
    `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 2\n${'AbC1'.repeat(16)}\nhvEhC0uM=\nPrivate-MAC: 5535bb`,
    'PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 2\n****\nPrivate-MAC: 5535bb',
  ],
  ['pem-private-key', `Private-Lines: 1\\n/HY${'AbC1'.repeat(15)}m then`, 'Private-Lines: 1\\n**** then'],
  [
    'pem-private-key',
    `a ${joined('---- BEGIN SSH2 ENCRYPTED ', 'PRIVATE KEY ----')}\nP2/56wAAAi\n${joined('---- END SSH2 ENCRYPTED ', 'PRIVATE KEY ----')} b`,
    'a **** b',
  ],
  [
    'api-token',
    `key ${joined('MIIEvQIBADANBgkq', 'hkiG9w0BAQEFAASC')}BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj end`,
    'key **** end',
  ],
  [
    'api-token',
    `key ${joined('MIGHAgEAMBMGByqGSM49', 'AgEGCCqGSM49AwEHBG0wawIBAQQgTMoxZMHKIfUPyJ+Z')}\n${'J2x3'.repeat(16)}\nxIF02zD=\nnext`,
    'key ****\nnext',
  ],
  [
    'api-token',
    `${joined('xprv', '9')}${'s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW'.repeat(4).slice(0, 106)} x`,
    '**** x',
  ],
  ['bearer-token', 'Bearer abc123DEF456', 'Bearer ****'],
  ['bearer-token', 'Negotiate YIIJ1tkQ2HAoNwszGrxL/t/RkJ+tebKh8 x', 'Negotiate **** x'],
  ['bearer-token', 'NTLM TlRMTVNTUAADAAAAXLRhk53eL0owFoki9reI', 'NTLM ****'],
  ['basic-credentials', `Basic ${btoa('alice:hunter2')}`, 'Basic ****'],
  ['api-token', joined('ghp', '_', BODY), '****'],
  ['api-token', `token=${joined('ghp', '_', BODY.slice(0, 16))}`, 'token=****'],
  ['api-token', joined('\\n', 'glpat', '-', BODY.slice(0, 20)), '\\n****'],
  ['api-token', joined('SK', '0123456789abcdef', '0123456789abcdef'), '****'],
  ['api-token', joined('SK', '0123456789abcdef01', '...'), '****...'],
  ['api-token', joined('id ', 't1', '.', BODY.slice(0, 20), '...'), 'id ****'],
  ['api-token', joined('id ', 'ddp', '_', BODY.slice(0, 20), '\u2026'), 'id ****\u2026'],
  ['api-token', joined('x '.repeat(53), 'ddp', '_', BODY.slice(0, 18)), `${'x '.repeat(53)}****`],
  [
    'api-token',
    `https://${joined('hooks.slack.com/', 'services/')}T0000/B0000/${BODY}`,
    'https://hooks.slack.com/services/****',
  ],
  ['api-token', joined('sha256', '~', BODY, 'abcdefg'), '****'],
  ['api-token', `a ${joined('w5fruZ', '_', BODY.slice(0, 29), '_mmk')} b`, 'a **** b'],
  ['api-token', `${joined('MTIzNDU2Nzg5MDEyMzQ1Njc4', '.', 'Gabc12', '.', BODY)}`, '****'],
  ['api-token', joined('v4', '.local.', BODY, BODY), '****'],
  ['api-token', joined('IQoJ', 'b3JpZ2luX2VjEAEaCXVzLWVhc3QtMSJHMEUCIQD'), '****'],
  ['api-token', `facebook ${joined('911602140448729', '|', BODY.slice(0, 27))}`, 'facebook ****'],
  ['api-token', joined('at pk', '_7043602_', 'WIKY22PAKCVC1S5Q2X6119IK7N1UL8VY'), 'at ****'],
  ['api-token', joined('at BSA', 'wKZC7Su-p8pIvrj_gwd9gfwt-ely'), 'at ****'],
  ['api-token', joined('at access', '-production-', '9d8bca81-ec01-94de-30cc-6c201c9cd899'), 'at ****'],
  ['api-token', joined('at live', '_191044d9566aea17e48b', '87f42701e2cbc7d'), 'at ****'],
  ['api-token', joined('at key', '-df6ba5bdbad66349', '8de45726b9392a94'), 'at ****'],
  ['api-token', joined('at sk', '_1d2fe329-1ed7-ef6e-b7a3-42ec8c0e605f'), 'at ****'],
  ['api-token', joined('at KEY0', '8EC89401FF216BF23A0FB5B7FBA045B_nIF7eUXb4cXToWXCE0fl7b'), 'at ****'],
  [
    'api-token',
    joined('at 1000', '.68187c7cc5ace4bb74456c3f70b085ec', '.9b5b0cdc20f76ec739b08aac9e42bb83'),
    'at ****',
  ],
  ['api-token', joined('at AAAAiKte4Yu', ':APA91b', BODY, BODY, BODY), 'at ****'],
  ['api-token', joined('at vcp', '_ANLXvG9uKSbh0QPwnsCTYWGAtK', '_9K3BHbEhD2TZodV8v2SvnVmi6_TJh'), 'at ****'],
  ['api-token', joined('at polar', '_pat_NEFURAmgPJhcJb7-bQyntuYMQ', '_dnHdLmYQ38HGyTMZniGp0VW'), 'at ****'],
  ['api-token', joined('at sk', '_live_a2V5XzRShOnlwAw3UeJLSweV', '+YGh7akFnBeeuxEo8YKLAyM/F452'), 'at ****'],
  [
    'api-token',
    joined('at EAAA', 'YmTgYL4kQ-65xyZ4zANgipYVJQFTrb', '=roK23I=iFebzL4rjYbUg10N6o1l--'),
    'at ****',
  ],
  ['api-token', joined('at gAAAAA', 'BFvMtxGrWrQr5jCyt8SVx', BODY, BODY, '='), 'at ****'],
  [
    'api-token',
    joined('at pbkdf2', '_sha256$600000$abcdefghij$jlIYgypYvD8OTlrTLhr1Zxp9yFtHHb9Md2oK='),
    'at ****',
  ],
  [
    'api-token',
    `at ${joined('BAh7', 'CwftW6bmnCpSdLi+fm1bxoJ635aYYJmd/6b2CQ7M5Fs0')}--c3bfe92c61b280b9 x`,
    'at **** x',
  ],
  ['api-token', `at ${joined('PHNhbWxwOlJlc3BvbnNl', 'DP+qKvVTpPnOeRvwvwL040KX')} x`, 'at **** x'],
  [
    'api-token',
    joined('at pdl', '_live_apikey_01gtgztp8f4kek3yd4g1wrksa3', '_q6TGTJyvoIz7LDtXT65bX7_AQO'),
    'at ****',
  ],
  ['named-secret', `config.put("stripe_token", "${BODY}");`, 'config.put("stripe_token", "****");'],
  ['named-secret', `acmeToken,${BODY},`, 'acmeToken,****,'],
  ['named-secret', `$acmeToken ??= '${BODY}';`, "$acmeToken ??= '****';"],
  ['named-secret', `var acmeToken: string = "${BODY}"`, 'var acmeToken: string = "****"'],
  ['named-secret', `os.getenv("ACME_API_KEY", "${BODY}")`, 'os.getenv("ACME_API_KEY", "****")'],
  ['named-secret', `API key for prod: ${BODY}`, 'API key for prod: ****'],
  ['named-secret', `the password for admin is ${BODY}`, 'the password for admin is ****'],
  ['named-secret', `cloudflare: "${BODY}"`, 'cloudflare: "****"'],
  ['named-secret', 'SUMO_ACCESS_ID = "suGyI5imvADdvU"', 'SUMO_ACCESS_ID = "****"'],
  ['named-secret', 'asana_token_value: "1234567890123456"', 'asana_token_value: "****"'],
  ['command-credentials', "curl -s --user 'api:d2LkV78zLx!t' https://h", "curl -s --user '****' https://h"],
  ['command-credentials', 'curl -u ":d2LkV78zLx!t" https://h', 'curl -u "****" https://h'],
  ['command-credentials', "curl --user kevin:'pRf7vG2h1L' -v", 'curl --user **** -v'],
  ['command-credentials', 'ran mysql -u root -phunter2 shop', 'ran mysql -u root -p**** shop'],
  ['command-credentials', 'docker login -u me -p hunter2 r.io', 'docker login -u me -p **** r.io'],
  [
    'command-credentials',
    'sshpass -p hunter2 ssh h; redis-cli -h x -a hunter2',
    'sshpass -p **** ssh h; redis-cli -h x -a ****',
  ],
  [
    'kubernetes-secret',
    'apiVersion: v1\nkind: Secret\ndata:\n  key: bXlwYXNzd29yZA==\ntype: Opaque',
    'apiVersion: v1\nkind: Secret\ndata:\n  key: ****\ntype: Opaque',
  ],
  [
    'kubernetes-secret',
    'stringData:\n  .dockercfg: |\n    eyJhdXRocyI6\n    eyJodHRwczo\nkind: secret',
    'stringData:\n  .dockercfg: |\n    ****\n    ****\nkind: secret',
  ],
  [
    'kubernetes-secret',
    'kind: Secret\ndata:\n  url: MG55eCE=\n  a: eA==\n  b: bGFudGVy\n  c: x',
    'kind: Secret\ndata:\n  url: ****\n  a: ****\n  b: ****\n  c: x',
  ],
  ['one-time-code', '123456 is your verification code', '**** is your verification code'],
  ['one-time-code', 'G-482911 is your Google code.', '**** is your Google code.'],
  ['one-time-code', 'Your security code is: 123 456.', 'Your security code is: ****.'],
  ['named-ssn', 'my social security number is 078051121', 'my social security number is ****'],
  ['named-ssn', 'SSN: 078051121, next', 'SSN: ****, next'],
  ['mac-address', 'MAC 00:1A:2B:3C:4D:5E up, 01-b3-4a-67-d9-cf', 'MAC **** up, ****'],
  ['iban', 'to BH35XXBM2425E8X0349W21, SD1636512969721435', 'to ****, ****'],
  ['iban', 'to BH35 XXBM 2425 E8X0 349W 21 now', 'to **** now'],
  ['mac-address', 'MAC 001A.2B3C.4D5E, 00b3.4a67.d9cf.', 'MAC ****, ****.'],
  ['crypto-wallet', 'to 16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ now', 'to **** now'],
  ['crypto-wallet', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', '****'],
  [
    'crypto-wallet',
    'to LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1 or MQMcJhpWHYVeQArcZR3sBgyPZxxRtnH441',
    'to **** or ****',
  ],
  [
    'crypto-wallet',
    'to DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L or XpESxaUmonkq8RaLLp46Brx2K39ggQe226',
    'to **** or ****',
  ],
  [
    'crypto-wallet',
    'to TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW or mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
    'to **** or ****',
  ],
  ['crypto-wallet', 'to t1HsdDMzmJfq4vc7T17XYjEkLMLvbgM1fCi now', 'to **** now'],
  ['crypto-wallet', 'to BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4 now', 'to **** now'],
  ['crypto-wallet', 'to ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9 now', 'to **** now'],
  ['crypto-wallet', 'to tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx now', 'to **** now'],
  ['crypto-wallet', joined('key 5HueCGU8rMjxEXxiPuD5B', 'Dku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ x'), 'key **** x'],
  ['crypto-wallet', '0x52908400098527886E0F7030069857D2E4169EE7', '****'],
  ['phone', 'call 4155550132 now', 'call **** now'],
  ['phone', '01 23 45 67 89 or 07700 900123', '**** or ****'],
  ['phone', '(11) 98765-4321', '****'],
  ['phone', 'at 540-270-6918x2509 or +90(986)116-0928x402 ext', 'at **** or **** ext'],
  ['phone', '(415) 555-0132 ext. 12, then', '****, then'],
  ['phone', 'at 0049 170 1234567 or 001-367-903-9728', 'at **** or ****'],
  ['phone', 'Tel. 00491701234567', 'Tel. ****'],
  ['phone', 'tel: 71234567', 'tel: ****'],
  ['phone', 'tel: 06 20 123 4567', 'tel: ****'],
  ['phone', 'Phone number: 560 1234.', 'Phone number: ****.'],
  ['phone', 'mobile 079 123 45 67, then 24 more', 'mobile ****, then 24 more'],
  ['phone', 'My number is 030/123456-78', 'My number is ****'],
  ['phone', 'call me at 8 (912) 345-67-89', 'call me at ****'],
  ['url-userinfo', 'dsn app:s3cret/x@tcp(127.0.0.1:3306)/db', 'dsn ****:****@tcp(127.0.0.1:3306)/db'],
  [
    'pem-private-key',
    encodeURIComponent(
      `${joined('-----BEGIN ', 'PRIVATE KEY-----')}\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----`,
    ),
    '****',
  ],
  ['phone', 'call +1 (415) 555-0132 now', 'call **** now'],
  ['phone', '+15551234567', '****'],
  [
    'ip-address',
    'src=:: to fe80:: via face::b00c and dead:beef:cafe::babe',
    'src=**** to **** via **** and ****',
  ],
  ['ip-address', 'build server 10.0.0.7, conversion 10.0.0.8', 'build server ****, conversion ****'],
  ['ip-address', 'host-10.1.2.3.local, 10.1.2.3-a', 'host-****.local, ****-a'],
  ['ip-address', 'from 10.0.0.1:8080 and [2001:db8::1]:443', 'from ****:8080 and [****]:443'],
].map(([detector = '', text = '', masked = '']) => ({ detector, text, masked }));

describe('what a detector is for is masked', () => {
  test.each(positives)('$detector in "$text"', ({ detector, text, masked }) => {
    expect(maskWithDetector(text, detector)).toBe(masked);
  });

  test.each(positives)('the traits of "$text" let $detector run', ({ detector, text }) => {
    const needs = builtInDetectors.get(detector)?.needs ?? -1;
    expect(textTraits(text) & needs).toBe(needs);
  });
});

const nearMisses: readonly (readonly [detector: string, text: string])[] = [
  ['payment-card', 'arn:aws:lambda:eu-west-1:582779791919:function:foo'],
  ['payment-card', 'RS35 2600 0560 1001 6113 70'],
  ['aws-secret-access-key', '/users/01J8ZQ7M4N2P5R8S1T3V6W9X0Y/orders'],
  ['aws-secret-access-key', '/documents/W1VDK2R0FA/profile/W4KRZV51RU'],
  ['aws-secret-access-key', 'getUserProfileByIdAndTenantIdAndRegion12'],
  ['aws-secret-access-key', 'AbstractSingletonProxyFactoryBean4TestXy'],
  ['payment-card', 'trace 4111111111111112'],
  ['payment-card', 'ean 4006381333931, 5901234123457, article 4222222222222'],
  ['payment-card', 'order 3509559729792627, discard 3509559729792627, card_id 3509559729792627'],
  ['payment-card', 'my card 3509559729792628, card order of 3509559729792627'],
  ['payment-card', 'from 4111 - 1111 to 1111 - 1112'],
  ['payment-card', 'ms 1748503543012, ns 1748503543012345678'],
  ['payment-card', 'a1b2c3d4-5678-4111-8111-111111111111'],
  ['payment-card', '2024-01-15 12:34:56.123456'],
  ['payment-card', '0.4111111111111111'],
  ['payment-card', 'deadbeef4111111111111111'],
  ['jwt', 'cursor eyJpZCI6MTIzNDU2Nzg5MDEyMzQ1Njc4OTB9'],
  ['jwt', 'heyJude eyJ'],
  ['aws-access-key-id', joined('AKIA', 'IOSFODNN7', 'EXAMPLEX')],
  ['aws-secret-access-key', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['aws-secret-access-key', 'src/content/detectors/BuiltInDetectors12'],
  ['aws-secret-access-key', 'SecretsManagerGetSecretValueCommandInput'],
  ['email', 'router@2.0.0/node_modules/@opentelemetry/api@1.9.0'],
  ['email', 'load@app.js:10:5 logo@2x.png git@github.com:owner/name.git'],
  ['email', 'org-123@github.com:owner/name.git voters=0@kafka-0.kafka:9093,1@kafka-1.kafka:9093'],
  ['email', 'a:b@c.d my email is info@presidio.'],
  ['url-userinfo', 'https://h.example:8080/@scope/name:1.0@latest'],
  ['url-userinfo', 'ssh://git@github.com/owner/name'],
  ['us-ssn', '000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000'],
  ['us-ssn', '1123-45-6789 123-45-67890 123-45.6789 a-123-45-6789'],
  ['iban', 'DE89 3704 0044 0532 0130 01'],
  ['pem-private-key', `expected ${joined('-----BEGIN ', 'PRIVATE KEY-----')} in the file`],
  ['pem-private-key', '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n-----END PUBLIC KEY-----'],
  ['bearer-token', 'Bearer token expired, bearer authentication required'],
  ['bearer-token', 'Negotiate YIELDS, negotiate TLSv1.2 and NTLM TlRM or ntlm authentication2'],
  [
    'pem-private-key',
    '---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAADAQABAAABgQ\n---- END SSH2 PUBLIC KEY ----',
  ],
  ['pem-private-key', 'Private-Lines: 14 of them, Public-Lines: 1\nAAAAB3NzaC1yc2EAAAADAQAB'],
  ['api-token', `cert ${'MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ'} MIIEvQ`],
  ['api-token', `pub ${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo'}`],
  ['basic-credentials', 'Basic authentication is required'],
  ['api-token', joined('ghp', '_', 'x'.repeat(36))],
  ['api-token', 'sk-learn-estimator npm_config_user_agent hf_transformers api_org_controller'],
  ['api-token', 'vipul-f0eb1acf0da84c06a50c5b2c59932001997786b1.png'],
  [
    'api-token',
    'pk_orders_customer_id_created_at_index PK_7043602_ORDERS pk_test_page_with_a_long_name_of_its_own',
  ],
  ['api-token', 'BSAFETY_CHECKLIST_FOR_BUILDINGS_2024 BSAndroidApplicationManifestFile'],
  ['api-token', 'access-production-eu-west-1-database-replica access-sandbox-environment'],
  [
    'api-token',
    'as-needed-by-the-customer retool_workflow_execution_result sv_0123 cu_customer ak-47 cflt_cluster BAh7 PHNhbWxw',
  ],
  ['api-token', 'live_stream_recording_2024_11_30_backup live_20241130_191044d9566a'],
  ['api-token', 'key-7f3a9c1e key-value-store-replication-factor key-0123456789'],
  ['api-token', 'sk_SK.UTF-8 sk_learn_pipeline_feature_union_transformer sk_customerOrdersByRegion2024'],
  ['api-token', 'KEY0_ORDERS_BY_CUSTOMER_AND_REGION_INDEX_FOR_THE_REPORTS'],
  ['api-token', '1000.25 1000.0001 1003.5 of 1000.abcdef'],
  ['api-token', 'api-7d9f8b6c5d-x2k4j api-gateway-production-eu-west-1-a mob-programming'],
  ['api-token', 'secret_ManagerForm1 secret-santa-2024 private_network_interface_2024'],
  ['api-token', 'test_0123 npg_config npg_dump_all oauth:authorization_code figr_ test_live_'],
  ['api-token', 'db-instance-1-eu-west-1 NF-2024-0001 m0-core ser.ts md-24 st.petersburg hawk.eye'],
  ['api-token', 'bucket_productionartifactseuwest1'],
  ['api-token', 'kept as report_Q3FinalVersionForReview2024'],
  ['api-token', 'orders_a1b2c3d4e5f6a7b8c9d0'],
  ['api-token', 're_1Nispe2eZvKYlo2Cd31jOCgZ'],
  ['api-token', 'SK1234567890123456'],
  ['api-token', 'ext_Zx81kd93kDk29dk3Kd93'],
  ['api-token', 'secret_ManagerConfigurationOfUs'],
  ['api-token', joined('s', '.THISSTRINGISALLUPPERCASE s.AcceptanceTimeoutSeconds')],
  ['api-token', joined('xoxe', '.xoxp-1-SlackAppConfigurationAccessTokenHere')],
  ['api-token', 'https://github.com/xoxa-nyc/xoxa-nyc.github.io'],
  ['api-token', 'ndXO0,4~q8Q~3wIHjX9DT0yCNfQmr9oxmYrDZoQVLOdNg~yk0,A'],
  ['api-token', '4b1dc0ffee4b1dc0ffee4b1dc0ffee4b1dc0ffee4b'],
  ['api-token', 'https://a.b.example.com/v1.2/x-y_z:8080|9090'],
  ['aws-secret-access-key', 'BcAeb6640ad7DAD46AD73687946Ce85047d5C9Bb'],
  ['named-secret', 'import { chain_Anvil1_Key, chain_Anvil2_Key } from "x"'],
  ['named-secret', 'primaryKey: 8f14e45fea6a467da5b11234567890ab'],
  ['named-secret', 'password combination.\n\nR5: Regulatory--21'],
  ['named-secret', 'token count for prod: a1b2c3d4e5f6g7h8'],
  ['named-secret', 'stripe: evt_1CiPtv2eZvKYlo2CcUZsDcO6 datadog: 3f2504e04f8911d39a0c0305e82c3301'],
  ['named-secret', 'cloudflare: 8f14e45f-ea6a-467d-a5b1-1234567890ab'],
  ['named-secret', 'api_key = xxxxxxxxxxxxxxxxxxxxx1'],
  ['named-secret', 'SecretsManager: hosted-eu-20260812-09'],
  [
    'command-credentials',
    'curl -u "$USER:$PASS" -u user:pass -u <u:p> -u "{{ a.b }}:{{ c.d }}" -u name https://h',
  ],
  ['command-credentials', 'curl https://h; docker run -u 1000:1000 --user x'],
  ['command-credentials', 'mysql -u root -p -h db, docker run -p 8080:80 x'],
  ['kubernetes-secret', 'kind: ExternalSecret\ndata:\n  key: bXlwYXNzd29yZA=='],
  [
    'kubernetes-secret',
    'kind: Secret\ndata:\n  a: {{ .Values.Password }}\n  b: ""\n---\nkind: ConfigMap\ndata:\n  c: plainlonglongvalue',
  ],
  ['one-time-code', '2024 was a year; it is your code. status code is 404, zip code is 10115'],
  ['named-ssn', 'order 078051121, ssn 0780511210, classnumber 078051121'],
  [
    'mac-address',
    '00:00:00:00:00:00 FF:FF:FF:FF:FF:FF 00:1A-2B:3C:4D:5E 00:1A:2B:3C:4D 00:1A:2B:3C:4D:5E:6F',
  ],
  [
    'mac-address',
    'ffff.ffff.ffff 2024.1001.1234 dead.beef 1.001A.2B3C.4D5E 001A.2B3C.4D5E.6F70 x001A.2B3C.4D5E',
  ],
  ['crypto-wallet', 'LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc2 TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMX'],
  [
    'crypto-wallet',
    'ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n8 tb1_index BC1 Tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx',
  ],
  ['crypto-wallet', 'TransactionManagementService2Configuration LoadBaLancerHeaLthCheckTargetsGroup'],
  [
    'crypto-wallet',
    '16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2 bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx 0x529084',
  ],
  ['phone', 'trace 4155550132 order 98765432101'],
  ['url-userinfo', 'dial tcp(127.0.0.1:3306): user@tcp(x)'],
  ['phone', '1e+15551234567 +0100 2024-01-15'],
  ['phone', 'call 2024-01-15, call on 15.01.2024, called at 2024 11 30'],
  ['phone', 'tel: 1234, phone 16 pro 128, mobile 1.2.3, cellular 71234567, telemetry 71234567'],
  ['phone', 'order 71234567, part 560 1234, 0012 3456 7890 1234, 0000 00 00'],
  ['phone', 'Room 101-202-3030 booked, 100-200-3000'],
  ['phone', 'step 540x270, 0x5402706918, phone 12345678901234'],
  ['ip-address', '0::/user.slice De::De Face::Bead aa:: Add::add abc::def'],
  ['ip-address', '::'],
  ['ip-address', 'connect ECONNREFUSED 127.0.0.1:5432, listening on 0.0.0.0:80'],
  ['ip-address', 'Version 8.0.35.27, version: 1.2.3.4, {"version":"1.2.3.4"}, build=10.0.22.1'],
  ['ip-address', 'lib-1.2.3.4.jar 1.2.3.4-SNAPSHOT pkg-1.2.3.4.tgz'],
  [
    'ip-address',
    '1.2.3 12:34:56 std::cout aa:bb:cc:dd:ee:ff Chrome/120.0.0.0 1.2.3.4.5 256.1.1.1 Status :: 4 run(f):: go',
  ],
];

test.each(nearMisses)('%s leaves "%s"', (detector, text) => {
  expect(maskWithDetector(text, detector)).toBe(text);
});

test('every detector has the name that it is found by', () => {
  expect([...builtInDetectors].every(([name, detector]) => detector.name === name)).toBe(true);
  expect(builtInDetectors.size).toBe(21);
});

describe('every token format', () => {
  /** A body of this length from the format's own characters, always the same. */
  const bodyOf = ({ body }: (typeof PREFIX_FORMATS)[number], length: number): string => {
    const alphabet = Array.from(body.keys()).filter(
      (code) => body[code] === 1 && /[A-Za-z0-9]/.test(String.fromCharCode(code)),
    );
    const codes = Array.from(
      { length },
      (_, at) => alphabet[(at * at * 7 + at * 11 + 3) % alphabet.length] ?? 0x61,
    );
    return String.fromCharCode(...codes);
  };

  test('finds a token of its own form in a sentence, and none of one character again and again', () => {
    const missed = PREFIX_FORMATS.filter((format) => {
      const { prefix, lengths, publicPrefix } = format;
      const length = Number.isFinite(lengths[1]) ? lengths[1] : lengths[0] + 24;
      const kept = publicPrefix ? prefix : '';
      return (
        maskWithDetector(`got ${prefix}${bodyOf(format, length)} there`, 'api-token') !==
          `got ${kept}**** there` ||
        maskWithDetector(`got ${prefix}${'x'.repeat(length)} there`, 'api-token').includes('****')
      );
    });
    expect(missed.map(({ prefix }) => prefix)).toEqual([]);
  });

  const cuttable = PREFIX_FORMATS.filter(
    ({ cutOff, holds, lengths }) => cutOff && holds !== 'digits' && lengths[0] >= 16,
  );

  test('finds one that was cut off 16 characters after its prefix, where something tells that it was', () => {
    expect(cuttable.length).toBeGreaterThan(200);
    const missed = cuttable.filter((format) => {
      const { prefix, publicPrefix } = format;
      const token = prefix + bodyOf(format, 16);
      return (
        maskWithDetector(`x ${token}\u2026`, 'api-token') !== `x ${publicPrefix ? prefix : ''}****\u2026`
      );
    });
    expect(missed.map(({ prefix }) => prefix)).toEqual([]);
  });

  test('finds one at the end of a text by a prefix that nothing else has', () => {
    const distinctive = cuttable.filter((format) => format.isDistinctive && !holdsWords(bodyOf(format, 16)));
    expect(distinctive.length).toBeGreaterThan(150);
    const missed = distinctive.filter((format) => {
      const { prefix, publicPrefix } = format;
      const token = prefix + bodyOf(format, 16);
      return maskWithDetector(`x ${token}`, 'api-token') !== `x ${publicPrefix ? prefix : ''}****`;
    });
    expect(missed.map(({ prefix }) => prefix)).toEqual([]);
  });
});

describe('on any text', () => {
  const tricky = fc.array(
    fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...positives.map(({ text }) => text),
        '@',
        '%40',
        '://',
        'eyJ',
        'Q~',
        '::',
        '-----BEGIN ',
        'Bearer ',
      ),
    ),
    { maxLength: 6 },
  );

  test.each([...builtInDetectors.keys()])(
    '%s reports ascending stretches inside the text, only with its traits',
    (name) => {
      fc.assert(
        fc.property(tricky, (parts) => {
          const text = parts.join('');
          const detector = builtInDetectors.get(name);
          let last = 0;
          let found = 0;
          detector?.find(text, (start, end) => {
            found += 1;
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          });
          const needs = detector?.needs ?? 0;
          if (found > 0) expect(textTraits(text) & needs).toBe(needs);
        }),
      );
    },
  );
});

describe('a secret-looking word', () => {
  test.each([
    'hunter2',
    'hunter2-thrown',
    'Tr0ub4dor&3',
    'aGVsbG8gd29ybGQhIQ1',
    '550e8400-e29b-41d4-a716-446655440000',
  ])('is %s', (word) => {
    expect(looksSecret(word)).toBe(true);
  });

  test.each([
    'expired',
    'v1.2.3-beta.1',
    '2024-01-15T12:34:56Z',
    '8-character',
    '256-bit',
    'sha256',
    'OAuth2',
    'index.js:5:24',
    'DB_PASSWORD_2',
    'naïveté',
    'step3',
  ])('is not %s', (word) => {
    expect(looksSecret(word)).toBe(false);
  });
});
