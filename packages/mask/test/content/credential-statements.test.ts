import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const statement = (system: string, text: string): unknown =>
  masker.attributes({ 'db.system.name': system, 'db.query.text': text })['db.query.text'];

describe('a statement in a message loses', () => {
  test.each([
    "SET PASSWORD = 'swordfish' REPLACE 'swordfish'",
    "SET PASSWORD FOR 'app'@'%' = 'new' REPLACE 'swordfish' RETAIN CURRENT PASSWORD",
    "ALTER CURRENT USER SET PASSWORD FROM 'swordfish' TO 'new'",
    'ALTER CURRENT USER SET PASSWORD FROM "swordfish" TO \'new\'',
    "CREATE USER a IDENTIFIED WITH mysql_native_password AS '*swordfish'",
    "CREATE USER a IDENTIFIED VIA ed25519 USING PASSWORD('swordfish')",
    "ALTER ROLE app PASSWORD E'it\\'s swordfish'",
    "PRAGMA key='swordfish'; SELECT 1",
    "ATTACH DATABASE 'e.db' AS e KEY 'swordfish'",
    "ATTACH 'host=db password=''a swordfish'' dbname=app' AS p (TYPE postgres)",
    'SET SESSION "vault.encryption_key" TO \'swordfish\'',
    "EXEC sp_password NULL, 'swordfish', 'bob'",
    'DEFINE TOKEN t ON DATABASE TYPE HS512 VALUE "swordfish"',
    "CREATE TABLE t (x int) ENGINE = MySQL('h:3306', 'd', 't', 'u', 'swordfish')",
    "INSERT INTO FUNCTION s3('https://b/x.csv', 'id', 'swordfish', 'CSV')",
    "BACKUP TABLE t TO S3('http://h/b', 'minio', 'swordfish')",
    "SELECT crypt('swordfish', gen_salt('bf'))",
    "SELECT set_config('app.mode', 'swordfish', false)",
    "SELECT AEAD.ENCRYPT(KEYS.KEYSET_FROM_JSON('swordfish'), 'x', 'y')",
    'SELECT * FROM users WHERE id = $tag$swordfish$tag$',
    'MERGE (t:Token {value: "swordfish"}) RETURN t',
    'MATCH (u:User) SET u.hash = "swordfish"',
    "CREATE SECRET s (TYPE S3, KEY_ID 'abc', SECRET 'swordfish')",
    "DECLARE @password nvarchar(50) = N'swordfish'",
    "UTL_HTTP.SET_AUTHENTICATION(req, 'u', 'swordfish')",
    'db.getSiblingDB("admin").auth("app", "swordfish")',
    'CREATE USER bob IDENTIFIED BY correct-swordfish',
    'CONNECT TO sample USER db2inst1 USING swordfish',
    'connect scott/swordfish@orcl',
    "db.auth('app', 'swordfish')",
    "db.changeUserPassword('app', 'swordfish')",
    "g.V().has('user','apiKey','swordfish').next()",
    "DBMS_CLOUD.CREATE_CREDENTIAL('OBJ', 'bob', 'swordfish')",
    "new Sequelize('database', 'username', 'swordfish', { dialect: 'postgres' })",
    'neo4j.auth.basic("neo4j", "swordfish")',
    'Net::SMTP.start("h", 25, "d", "user", "swordfish", :plain)',
    'new PasswordAuthentication("bob", "swordfish")',
    'command: auth reader "x swordfish"',
    'command: AUTH sword-swordfish',
    'command: ACL SETUSER app >"my swordfish" on',
  ])('%s', (text) => {
    for (const message of [text, `could not execute: ${text}`]) {
      const masked = masker.text(message);
      expect(masked).not.toContain('swordfish');
      expect(masker.text(masked)).toBe(masked);
    }
  });
});

test.each([
  ['oracle', 'CREATE USER bob IDENTIFIED BY correct-horse ACCOUNT UNLOCK', 'IDENTIFIED BY ? ACCOUNT UNLOCK'],
  ['db2', 'CONNECT TO sample USER bob USING swordfish', 'CONNECT TO sample USER bob USING ?'],
  ['teradata', 'MODIFY USER bob AS PASSWORD = (swordfish)', 'MODIFY USER bob AS PASSWORD = (?)'],
  ['postgresql', 'SELECT x[1], arr[1:2] FROM t', 'SELECT x[?], arr[?:?] FROM t'],
  ['mysql', 'SELECT /*!40001 SQL_NO_CACHE */ 5', 'SELECT /*!40001 SQL_NO_CACHE */ ?'],
  ['memcached', 'add k 0 0 9 swordfish', 'add k 0 0 9 ?'],
  ['memcached', 'set k 0 0 6 123456', 'set k 0 0 6 ?'],
  ['redis', 'GET otp:12345', 'GET otp:****'],
  ['other_sql', '# password=swordfish\nSELECT 1', '# password=****\nSELECT ?'],
  ['other_sql', 'SELECT 1 FROM "User" AS "User"', 'SELECT ? FROM "User" AS "User"'],
  ['other_sql', 'CREATE USER a IDENTIFIED WITH p AS "swordfish"', 'CREATE USER a IDENTIFIED WITH p AS ?'],
])('a statement of %s: %s', (system, text, masked) => {
  expect(statement(system, text)).toContain(masked);
});

describe('what stays', () => {
  test.each([
    'SELECT * FROM t WHERE pwd = other_col',
    'MERGE INTO tokens USING src ON tokens.id = src.id WHEN MATCHED THEN UPDATE SET token = src.token',
    'Please select a user (the first one) from the list',
    "failed to connect to db: it's down",
    'connect with user/group of the file',
    'the engine = v8 is running',
    "cannot attach to the process, it's gone",
    'set the locale to the default',
    "set log_level to 'debug'",
    'match (by name) was found',
    "match (by name) where it's due",
    "create secret for the user 'bob'",
    'command: AUTH failed',
    'command: AUTH failed: no password',
    'connect user/repo@v1.2.3',
    "attach 'debugger' as process",
    "users.has('name', 'bob')",
    "client.changeUserPassword('app', value)",
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });

  test.each([
    ['mysql', 'SELECT a AS b FROM t USING INDEX x'],
    ['oracle', 'RECOVER DATABASE USING BACKUP CONTROLFILE'],
    ['postgresql', 'SELECT "password" FROM users WHERE a = :1'],
    ['mssql', 'SELECT [a], [@b] FROM [t]'],
    ['redis', 'EXISTS token:5'],
    ['memcached', 'cas k 0 0 9 123456 noreply'],
  ])('of a statement of %s: %s', (system, text) => {
    expect(statement(system, text)).toBe(text);
  });
});
