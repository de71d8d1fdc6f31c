import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// What clients of databases, mail and file servers log in with, as logs and errors repeat it.

const masker = createMasker();

describe('a login loses the secret', () => {
  test.each([
    "ReplyError: WRONGPASS\n  command: { name: 'auth', args: [ 'default', 'swordfish' ] }",
    '{"command":{"name":"auth","args":["swordfish"]}}',
    '{"command":{"name":"AUTH","args":["default","swordfish"]}}',
    'Command failed: CONFIG SET requirepass swordfish',
    'Command failed: MIGRATE h 6379 k 0 5000 AUTH2 u swordfish',
    'AUTH PLAIN AGJvYgBzwordfish',
    'AUTHENTICATE PLAIN AGJvYgBzwordfish',
    'S: 334 UGFzc3dvcmQ6\nC: swordfish',
    'a1 LOGIN bob swordfish',
    'USER bob\r\nPASS swordfish\r\n',
    '> PASS swordfish',
    'machine h login bob password swordfish',
    "#0 db.php(3): PDO->__construct('mysql:host=db', 'root', 'swordfish')",
    "#1 db.php(12): mysqli->__construct('localhost', 'root', 'swordfish', 'db')",
    'mysqli_connect("localhost", "root", "swordfish", "db")',
    'DriverManager.getConnection("jdbc:h2:mem:x", "sa", "swordfish")',
    "HTTPBasicAuth('bob', 'swordfish')",
    'client.get(url).basic_auth("bob", Some("swordfish"))',
    "smtp.login('bob', 'zwordfish9')",
    'new NetworkCredential("bob", "swordfish")',
    'Credentials.basic("bob", "swordfish")',
    "request.auth('bob', 'zwordfish9')",
    "jwt.sign(payload, 'swordfish')",
    "crypto.createHmac('sha256', 'zwordfish9')",
    "ftp_login($conn, 'bob', 'swordfish')",
    'conn.simple_bind_s("cn=admin,dc=x", "swordfish")',
    "echo 'swordfish' | sudo -S ls",
    'machine h\n  login bob\n  password swordfish',
    "SET PASSWORD FOR 'a'@'h' = PASSWORD('swordfish')",
    "SET PASSWORD FOR 'a'@'h' = 'swordfish'",
    "SET PASSWORD FOR a TO 'swordfish'",
    'ALTER USER sa PASSWORD swordfish',
    'Query failed: CREATE USER a AS PASSWORD = swordfish',
  ])('%s', (text) => {
    const masked = masker.text(text);
    expect(masked).not.toMatch(/swordfish|zwordfish/);
    expect(masker.text(masked)).toBe(masked);
  });

  test('also as a statement, where databases take it without quotes', () => {
    expect(masker.attribute('db.query.text', 'ALTER USER sa PASSWORD swordfish')).toBe(
      'ALTER USER sa PASSWORD ?',
    );
    expect(masker.attribute('db.query.text', 'CREATE ROLE a PASSWORD Manager1')).toBe(
      'CREATE ROLE a PASSWORD ?',
    );
    const kept = 'ALTER USER a PASSWORD EXPIRE';
    expect(masker.attribute('db.query.text', kept)).toBe(kept);
    const column = 'SELECT password FROM users';
    expect(masker.attribute('db.query.text', column)).toBe(column);
  });
});

describe('what is none stays', () => {
  test.each([
    'PASS src/token.test.ts',
    "PDO->__construct('sqlite:app.db')",
    'DriverManager.getConnection("jdbc:h2:mem:x", "sa", password)',
    'smtp.login(user, secret)',
    'test 1 PASS ok',
    '250-AUTH PLAIN LOGIN',
    '250 AUTH LOGIN PLAIN XOAUTH2',
    'AUTH failed for bob',
    '2 LOGIN attempts',
    'create user bob: password too short',
    'Failed to alter user bob password policy',
    'SET PASSWORD FOR bob = ?',
    '{"name":"author","args":["swordfish"]}',
    "{ name: 'author', args: [ 'swordfish' ] }",
    '{"name":"run","args":["build"]}',
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });
});

test.each([
  'analytics.login("web", "success")',
  "tracker.auth('event', 'completed')",
  "passport.auth('local', 'session')",
  "crypto.createHmac('sha256', 'hex')",
  'topic_production_OrderCreatedEventsV2Partition3',
  'cache_key_UserProfile42ByTenantAndRegionV3',
])('a call or a name of everyday stays: %s', (text) => {
  expect(masker.text(text)).toBe(text);
});
