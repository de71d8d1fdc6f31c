import { describe, expect, test } from '@jest/globals';
import { maskCommandArguments, maskCommandLine } from '../../src/content/command-line.js';
import { maskHeaderText } from '../../src/content/header-text.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('a command line', () => {
  test.each([
    [
      'node app.js --password=x --api-key y --port 80',
      'node app.js --password=**** --api-key **** --port 80',
    ],
    ['curl -u admin:x https://h/', 'curl -u **** https://h/'],
    [
      "curl -H 'Authorization: Bearer x' -H 'Accept: a/b' h",
      "curl -H 'Authorization: ****' -H 'Accept: a/b' h",
    ],
    ['/usr/bin/mysql -pSECRET -u root db', '/usr/bin/mysql -p**** -u root db'],
    ['psql postgres://u:p@h/d', 'psql postgres://****:****@h/d'],
    ['docker login -u x -p y reg', 'docker login -u x -p **** reg'],
    ['docker run -p 80:80 -e DB_PASSWORD=x img', 'docker run -p 80:80 -e DB_PASSWORD=**** img'],
    ['sh -c "mysql -pSECRET"', 'sh -c "mysql -p****"'],
    ['PGPASSWORD=x psql', 'PGPASSWORD=**** psql'],
    ['app /password:x', 'app /password:****'],
    ['java -Ddb.password=x -jar a.jar', 'java -Ddb.password=**** -jar a.jar'],
    ["x --password='a b' y", 'x --password=**** y'],
    ['redis-cli -a x', 'redis-cli -a ****'],
    ['curl -u admin:password https://h/', 'curl -u **** https://h/'],
    ['curl -u tok3n9Xq2LmZ https://h/', 'curl -u **** https://h/'],
    ['lftp -u bob,x ftp://h', 'lftp -u **** ftp://h'],
  ])('%s', (text, masked) => {
    expect(maskCommandLine(text, rules)).toBe(masked);
    expect(maskCommandLine(masked, rules)).toBe(masked);
  });

  test.each([
    'node app.js --port 80 -p 90',
    'tool --token-file /etc/x --password-stdin --auth-type basic',
    "echo 'it is",
    `oc login --token=\${TOKEN}`,
    'mysql --password=$DB_PASS -u root',
    'mysql --password $DB_PASS -u root',
    'curl -u bob https://h/',
    "curl -u ':' https://h/",
    'curl -u user:password https://h/',
  ])('"%s" stays as it is', (text) => {
    expect(maskCommandLine(text, rules)).toBe(text);
  });
});

describe('arguments', () => {
  test('lose values of options', () => {
    const args = ['node', 'app.js', '--password=x', '--api-key', 'sk-SECRET', '--port', '80'];
    expect(maskCommandArguments(args, rules)).toEqual([
      'node',
      'app.js',
      '--password=****',
      '--api-key',
      '****',
      '--port',
      '80',
    ]);
  });

  test('come back as the same array when nothing changed', () => {
    const args = ['node', 'app.js', '--port', '80'];
    expect(maskCommandArguments(args, rules)).toBe(args);
  });
});

describe('a header', () => {
  test.each([
    ['Authorization', 'Bearer abc', '****'],
    ['proxy_authorization', 'Basic abc', '****'],
    ['Cookie', 'sid=abc; theme=dark', 'sid=****; theme=****'],
    [
      'Set-Cookie',
      'sid=abc; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT; HttpOnly',
      'sid=****; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT; HttpOnly',
    ],
    ['set-cookie', 'a=1; Path=/, b=2; Secure', 'a=****; Path=/, b=****; Secure'],
    ['cookie', 'bare', '****'],
    ['x-api-key', 'abc', '****'],
    ['x-user', 'alice@example.com', '****'],
    ['accept', 'text/html', 'text/html'],
  ])('%s: %s', (name, value, masked) => {
    expect(maskHeaderText(name, value, rules)).toBe(masked);
    expect(maskHeaderText(name, masked, rules)).toBe(masked);
  });
});
