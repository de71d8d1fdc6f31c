import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// URLs that let in whoever knows them, parameters of signed ones, logins without a scheme, and what of a URL is no secret.

const masker = createMasker();
const RANDOM = 'Zq8LmTvWnR4kPy7xBd3F';
const HEX = '60bf264183a9bd7a22bc74661de2c8af';
const ID = '7c2d9e10-5b3f-4a86-8d21-0f6e5c4b3a29';

describe('the key in a URL goes, wherever the URL stands', () => {
  test.each([
    [`https://mainnet.infura.io/v3/${HEX}`, 'https://mainnet.infura.io/v3/****'],
    [`wss://mainnet.infura.io/ws/v3/${HEX}`, 'wss://mainnet.infura.io/ws/v3/****'],
    [`https://eth-mainnet.g.alchemy.com/v2/${RANDOM}Ab1`, 'https://eth-mainnet.g.alchemy.com/v2/****'],
    [
      `https://open.feishu.cn/open-apis/bot/v2/hook/${ID}`,
      'https://open.feishu.cn/open-apis/bot/v2/hook/****',
    ],
    ['https://chat.example/hooks/q8zmtvwnr4kpy7xbd3fgz5hj8k', 'https://chat.example/hooks/****'],
    [`https://rocket.example/hooks/aBcd2345efGh/${RANDOM}`, 'https://rocket.example/hooks/****/****'],
    [`https://events.example/integration/${HEX}/enqueue`, 'https://events.example/integration/****/enqueue'],
    [`https://logs.example/inputs/${ID}/tag/http/`, 'https://logs.example/inputs/****/tag/http/'],
    [`https://c.example/receiver/v1/http/${RANDOM}${RANDOM}==`, 'https://c.example/receiver/v1/http/****'],
    [`https://hc-ping.com/${ID}`, 'https://hc-ping.com/****'],
    [`https://hook.eu1.make.com/q8zm4tvwnr4kpy7xbd3fgz5hj8k2abcd`, 'https://hook.eu1.make.com/****'],
    [
      `https://calendar.example/ical/x/private-${HEX}/basic.ics`,
      'https://calendar.example/ical/x/private-****/basic.ics',
    ],
    [
      'https://app.example/(S(zq8lmtvwnr4kpy7xbd3f5gha))/default.aspx',
      'https://app.example/(S(****))/default.aspx',
    ],
    [`rtmp://live.twitch.tv/app/live_1234567_${RANDOM}`, 'rtmp://live.twitch.tv/app/****'],
  ])('%s', (url, masked) => {
    // An identifier before the key may go with it.
    const matches = (text: unknown): void => {
      const read = String(text);
      for (const secret of [HEX, ID, RANDOM, 'kpy7xbd3f']) expect(read).not.toContain(secret);
      expect(read.replace('aBcd2345efGh', '****')).toContain(masked);
    };
    matches(masker.attribute('url.full', url));
    matches(masker.text(`GET ${url} failed`));
    expect(masker.attribute('url.full', masked)).toBe(masked);
  });

  test.each([
    [`/services/T00000000/B00000000/${RANDOM}Ab12`, '/services/T00000000/B00000000/****'],
    [`/hooks/catch/1234567/${RANDOM}/`, '/hooks/catch/1234567/****/'],
    [
      `/webhookb2/${ID}@${ID}/IncomingWebhook/${HEX}/${ID}`,
      `/webhookb2/${ID}@${ID}/IncomingWebhook/****/****`,
    ],
  ])('in a path without a host: %s', (path, masked) => {
    expect(masker.attribute('http.target', path)).toBe(masked);
    expect(masker.attribute('http.target', masked)).toBe(masked);
  });

  test.each([
    `https://api.example/v3/${HEX}`,
    `https://api.example/repos/o/r/hooks/12345678`,
    `https://api.example/hooks/${ID}`,
    'https://app.example/src/hooks/useAuthenticatedUser.ts',
    '/usr/share/git-core/templates/hooks/pre-commit.sample',
    'https://api.example/services/T-shirt/B/list',
    'https://api.example/inputs/text-field',
    'https://www.make.com/en/help/scenarios',
    'https://cdn.example/private-subnet/basic.ics',
    'https://api.example/integration/github/enqueue',
    'rtmp://media.example/app/stream1',
  ])('%s stays', (url) => {
    expect(masker.attribute('url.full', url)).toBe(url);
    expect(masker.text(`GET ${url} failed`)).toBe(`GET ${url} failed`);
  });
});

describe('parameters of a query', () => {
  test.each([
    [`hmac=${HEX}&shop=s.example`, 'hmac=****&shop=s.example'],
    [`method=x&api_sig=${HEX}`, 'method=x&api_sig=****'],
    [`zak=${RANDOM}`, 'zak=****'],
    [`a=1&sign=${HEX}`, 'a=1&sign=****'],
    [`signed_request=${RANDOM}.${RANDOM}`, 'signed_request=****'],
    [`q=London&appid=${HEX}`, 'q=London&appid=****'],
    [`tk=${RANDOM}&x=1`, 'tk=****&x=1'],
    [`SAMLart=${RANDOM}`, 'SAMLart=****'],
    [`hdnea=st=1700000000~exp=1700003600~acl=/*~hmac=${HEX}`, 'hdnea=****'],
  ])('%s', (query, masked) => {
    expect(masker.attribute('url.query', query)).toBe(masked);
    expect(masker.attribute('url.full', `https://h.example/p?${query}`)).toBe(
      `https://h.example/p?${masked}`,
    );
    expect(masker.attribute('url.query', masked)).toBe(masked);
  });

  test.each([
    'sign=plus&hmac=sha256',
    'sign=taurus',
    'appid=wx1234567890abcdef&tk=12',
    'code=DE',
    'code=FRA&x=1',
    'token=null',
    'token=undefined&a=b',
    'size=large&pin=false',
  ])('%s stays', (query) => {
    expect(masker.attribute('url.query', query)).toBe(query);
    expect(masker.attribute('url.full', `https://h.example/?${query}`)).toBe(`https://h.example/?${query}`);
    expect(masker.attribute('http.request.body', query)).toBe(query);
  });

  test('a code of an authorization goes', () => {
    expect(masker.attribute('url.query', 'code=4821&x=1')).toBe('code=****&x=1');
    expect(masker.attribute('url.query', 'code=Ab1')).toBe('code=****');
  });
});

describe('a boolean under the name of a secret is none', () => {
  test.each([
    ['http.response.header.access-control-allow-credentials', ['true']],
    ['http.request.header.x-auth-token', ['null']],
    ['app.password', 'false'],
    ['http.request.body', '{"password":"true","token":"null"}'],
    ['app.config', 'password=false'],
  ])('%s', (key, value) => {
    expect(masker.attribute(key, value)).toEqual(value);
  });

  test('but a policy that names what goes is obeyed', () => {
    expect(createMasker({ keys: ['^answer$'] }).attribute('answer', 'true')).toBe('****');
  });

  test('and a word like one is masked', () => {
    expect(masker.attribute('app.password', 'truelove')).toBe('****');
  });
});

describe('names of other scripts, percent-encoded', () => {
  test.each([
    ['a=1&has%C5%82o=hunter2', 'a=1&has%C5%82o=****'],
    ['%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C=hunter2&a=1', '%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C=****&a=1'],
    ['x=1&contrase%C3%B1a=hunter2', 'x=1&contrase%C3%B1a=****'],
  ])('%s', (body, masked) => {
    for (const key of ['http.request.body', 'url.query']) expect(masker.attribute(key, body)).toBe(masked);
  });

  test('others stay', () => {
    expect(masker.attribute('http.request.body', 'stra%C3%9Fe=hauptweg&n=1')).toBe(
      'stra%C3%9Fe=hauptweg&n=1',
    );
  });
});

describe('logins without a scheme', () => {
  test.each([
    ['connect to alice:sunshine@host:5432 timed out', 'connect to ****:****@host:5432 timed out'],
    ['cannot reach scott/sunshine@//dbhost:1521/XE', 'cannot reach ****/****@//dbhost:1521/XE'],
    ['SQL> connect scott/sunshine@orcl', 'SQL> connect ****/****@orcl'],
    ['rman target sys/sunshine@db', 'rman target ****'],
    ['jdbc:oracle:thin://scott/sunshine@h:1521/svc', 'jdbc:oracle:thin://****/****@h:1521/svc'],
    ['mysqlsh root:sunshine@localhost:33060', 'mysqlsh ****:****@localhost:33060'],
  ])('%s', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
    expect(masker.text(masked)).toBe(masked);
  });

  test.each([
    'x:y@host stays',
    'at file.js:10@host:80',
    'REGISTER sip:bob@host:5060 failed',
    'image registry/app:1.2@sha256:1234 pulled',
    'uses: actions/checkout@v4',
    'jdbc:oracle:thin:@localhost:1521/XE',
    'connect $user/$password@orcl',
    'ssh://git@github.com/org/repo.git',
    'git+ssh://git@github.com/org/repo.git#v1.2.3',
    'git@github.com:org/repo.git',
    'abfss://silver@acct.dfs.core.windows.net/path',
    'wasbs://container@acct.blob.core.windows.net/',
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
    expect(masker.attribute('app.detail', text)).toBe(text);
  });

  test('a token where a repository has its user goes', () => {
    expect(masker.text('https://gitx9@example.com/o/r')).toBe('https://****@example.com/o/r');
  });
});
