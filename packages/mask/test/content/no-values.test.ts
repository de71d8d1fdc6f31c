import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const message = (text: string): unknown => masker.attribute('log.body', text);

describe('what stands behind a name and is no value of it stays', () => {
  test.each([
    'Pin `generic-array` to v0.14.7',
    'pass `.cc` sources to the compiler',
    'pass -march=x86-64 to the compiler',
    'pass: 3, fail: 0',
    'tests pass: 12/12',
    '--- PASS: TestPasswordHash (0.05s)',
    'password:  12 bytes\ntoken:     237 bytes',
    'time_to_first_token=0.213',
    'passlib==1.7.4',
    'usage: app [-h] [--user USER] [--password PASSWORD] [--token TOKEN]',
    '  -p, --password TEXT    Password  [required]',
    'PWD=/home/bob OLDPWD=/tmp',
    'run -v "$PWD":/tmp -w /tmp image',
    'run -v "$PWD:/pwd" image',
    'const [password, setPassword] = useState("");',
    '["password" "token"]',
    '- name: PASSWORD\n  value: \u0024{DB_PASSWORD}',
    'switch token := tok.(type) {',
    'Password string `json:"password"`',
    'let key = [0x42; 32];',
    'token = secrets.token_hex(32)',
    'let output: TokenStream = {',
    '[pin]: https://blog.example.com/2019/02/28/pinning.html',
    'publickey-credentials-get=(self)',
    '{"issuer":"https://oidc.eks.us-east-2.amazonaws.com/id/DALSJ343KE23J3RN45653DSKJTT647TYD"}',
    '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name></ListBucketResult>',
    '[![Chat](https://img.example.com/chat/1.svg)](https://discord.com/invite/JXYwgWZ)',
  ])('%s', (text) => {
    expect(message(text)).toBe(text);
  });

  test.each([
    ['Pin `482913`', '482913'],
    ['pass `Zq8LmTvW`', 'Zq8LmTvW'],
    ['pass: Zq8LmTvW', 'Zq8LmTvW'],
    ['password: 482913', '482913'],
    ['app --password PASSZq8', 'PASSZq8'],
    ['PWD=Zq8LmTvW', 'Zq8LmTvW'],
    ['secret_key = [0x42, 0x17, 0x99]', '0x17'],
    ['https://s3.amazonaws.com/doc/bob-smith.pdf', 'bob-smith'],
    ['https://app.example.com/invite/JXYwgWZ9', 'JXYwgWZ9'],
    ['token=1a.213zqX', '213zqX'],
  ])('but not in %s', (text, secret) => {
    expect(message(text)).not.toContain(secret);
  });
});
