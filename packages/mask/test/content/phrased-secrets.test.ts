import { expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// Operators and phrasings between a name and its secret, and sentences that are made of the same words.

const masker = createMasker();

test.each([
  ['password->swordfish', 'password->****'],
  ['user->password->hunter2', 'user->password->****'],
  ['adobeToken <- "swordfish"', 'adobeToken <- "****"'],
  ['set password to swordfish', 'set password to ****'],
  ['reset the root password to swordfish.', 'reset the root password to ****.'],
  ['password set to swordfish', 'password set to ****'],
  ['set password to hunter2', 'set password to ****'],
  ['Your new password is: swordfish', 'Your new password is: ****'],
  ['influx -username a -password swordfish', 'influx -username a -password ****'],
  ['if password != "sw0rdf1sh!":', 'if password != "****":'],
  ['apikey=@"sw0rdf1sh!"', 'apikey=@"****"'],
  ['//my.registry/:_password="c3dvcmRmaXNo"', '//my.registry/:_password="****"'],
  ['Authorization: Token token="kJ8sdF2lQz7WmXb4"', 'Authorization: ****'],
  ['userPassword:: c3dvcmRmaXNo', 'userPassword:: ****'],
  ['bindpw: swordfish', 'bindpw: ****'],
  ['setenv DB_PASSWORD swordfish', 'setenv DB_PASSWORD ****'],
  ['ENV DB_PASSWORD swordfish', 'ENV DB_PASSWORD ****'],
  ['密码：swordfish，登录', '密码：****，登录'],
  ['数据库密码=swordfish', '数据库密码=****'],
  ['口令: swordfish', '口令: ****'],
  ['{"비밀번호 확인":"swordfish9"}', '{"비밀번호 확인":"****"}'],
  ['db_密码_prod=swordfish9', 'db_密码_prod=****'],
  ['{"\u212aey":"password","value":"swordfish9"}', '{"\u212aey":"password","value":"****"}'],
  ['the pass was `swordfish9`', 'the pass was `****`'],
  ["pass '/swordfish9'", "pass '****'"],
  ['{"访问令牌":"swordfish"}', '{"访问令牌":"****"}'],
  ['비번: sw0rdf1sh', '비번: ****'],
  ['アクセストークン = swordfish', 'アクセストークン = ****'],
  ["password='sword''fish' x", "password='****' x"],
  ['code=482913&state=y', 'code=****&state=y'],
  ['bad credentials: apiKey: swordfish9', 'bad credentials: apiKey: ****'],
  ['wrong password: pin: 1234', 'wrong password: pin: ****'],
  ['bad credentials: token: expired', 'bad credentials: token: expired'],
  ["alienvault: 'kT9mQ2vLx8RzP4nWsB7y'", "alienvault: '****'"],
  ["The generated password for user 'app' is 'sw0rdf1sh'", "The generated password for user 'app' is '****'"],
  ['Temporary password for bob is sw0rdf1sh', 'Temporary password for bob is ****'],
  ['pwd of master is sw0rdf1sh', 'pwd of master is ****'],
  ['PASSWORD = os.environ.get("PASSWORD") or "swordfish"', 'PASSWORD = os.environ.get("PASSWORD") or "****"'],
  ['Stripe-Signature: t=1492774577,v1=5257a869', 'Stripe-Signature: ****'],
  ['got session token -> SecretAccessKey: swordfish', 'got session token -> SecretAccessKey: ****'],
  ['mvn -Dsonar.login=9f8e7d6c5b4a3928', 'mvn -Dsonar.login=****'],
  ['Password for elastic user: swordfish', 'Password for elastic user: ****'],
  [
    'A temporary password is generated for root@localhost: k#9sLw2',
    'A temporary password is generated for root@localhost: ****',
  ],
  ['let password: &str = "swordfish";', 'let password: &str = "****";'],
  ['a:1:{s:8:"password";s:9:"swordfish";}', 'a:1:{s:8:"password";s:9:"****";}'],
  ['  ~ password = "swordfish" -> "mackerel"', '  ~ password = "****"'],
])('%s', (text, masked) => {
  expect(masker.text(text)).toBe(masked);
  expect(masker.text(masked)).toBe(masked);
});

test.each([
  'Please reset password to continue',
  'set password to expire in 30 days',
  'set password to expire',
  'change password to something stronger',
  'sent token to user42',
  'the password was set to null',
  'password is: required',
  'a non-password field',
  'code=ECONNREFUSED',
  "password='' user=''",
  'if password != confirmation:',
  '密码：错误',
  '密码错误: 3',
  '토큰화: 완료',
  'pad_token: "[PAD]"',
  'obj->token = other->token',
  'x <- y',
  'openssl req -keyout private-key.pem -out certificate.pem',
  'ensure `key[]=x&key[]&key[]=y` results',
  'cmp({ key: akey, value: avalue })',
  'the key is -> here',
  'Password for bob is incorrect',
  'the key in the map is x1',
  'MountVolume.SetUp failed for volume "secret-volume" : secret "tls-cert" not found',
  'io.jsonwebtoken.ExpiredJwtException: JWT expired at 2026-03-01',
  'Cookie "session" has been rejected',
  'push_protection=enabled secret_scanning=enabled',
  'please pass `{ useNewUrlParser: true }` to connect',
  'has the signature `function (err, res)`',
  'the length of the token in bytes is 32',
  'password for user bob is too short',
  'API keys: 3 active',
  'Secrets: 3',
  'oauth2: cannot fetch token: 401 Unauthorized',
  'BCryptPasswordEncoder strength=10',
  'token ttl=3600s',
  'Load key "/home/app/.ssh/id_rsa": invalid format',
  'cannot load private key "/etc/ssl/server.key"',
  'token 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
])('%s stays', (text) => {
  expect(masker.text(text)).toBe(text);
});

test('a dump of PHP has the value below its name', () => {
  const dump = (value: string): string => `array(1) {\n  ["password"]=>\n  string(9) "${value}"\n}`;
  const keeping = createMasker({ controlCharacters: 'keep' });
  expect(keeping.text(dump('swordfish'))).toBe(dump('****'));
  expect(keeping.text(dump('****'))).toBe(dump('****'));
});
