import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';
import { type VectorCase, vectorCases } from '../vector-file.js';

const masker = createMasker();
const KEYS = [
  ['db.system.name', 'db.query.text'],
  ['db.system', 'db.statement'],
] as const;

/** A statement as a span carries it, by the newer and the older names of its attributes. */
function maskStatement(system: string, statement: string): string {
  const [masked, older] = KEYS.map(([name, text]) => {
    const attributes = { [name]: system, [text]: statement };
    const result = masker.attributes(attributes);
    expect(masker.attributes(result)).toBe(result);
    return String(result[text]);
  });
  expect(older).toBe(masked);
  return masked ?? '';
}

const expected = (row: VectorCase): readonly unknown[] =>
  (row.expect['equalsOneOf'] as readonly unknown[]) ?? [row.expect['equals']];

describe('SQL of New Relic', () => {
  const pairs = vectorCases('sql-newrelic').flatMap((row) =>
    (row['config'] as { dialects: string[] }).dialects.map((dialect) => ({ ...row, dialect })),
  );
  /**
   * Ours differ: comments stay, less what the value rules find in them (they name the application and the route);
   * parameters stay (`$1`, where they write `$?`); a literal that does not end becomes `?`, and what stands before it stays.
   */
  const differs = (row: VectorCase): boolean =>
    /comment(?!_delimiters|_in_)|malformed|pathological|variable_substitution/.test(row.id);

  test.each(pairs.filter((row) => !differs(row)))('$id, $dialect', (row) => {
    expect(expected(row)).toContain(maskStatement(row.dialect, String(row.input)));
  });

  test.each(pairs.filter(differs))('$id, $dialect differs in comments and parameters alone', (row) => {
    const masked = maskStatement(row.dialect, String(row.input));
    const bare = masked.replace(/\/\*.*?\*\/|--[^\n]*|#[^\n]*/gs, '?').replace(/\$\d/g, '$?');
    if (/malformed/.test(row.id)) expect(masked).not.toMatch(/nothing to see|'bar'/);
    else expect(expected(row)).toContain(bare);
  });
});

const lines = (text: unknown): string =>
  String(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

describe('Redis of the Datadog agent', () => {
  const rows = vectorCases('redis-datadog').filter(({ op }) => op === 'redis-obfuscate');
  /** The member of a query and the pivot of a list are content too: theirs keeps the words behind the member, and the pivot. */
  const stricter = new Set(['redis/6', 'redis/49', 'redis/50']);

  test.each(rows)('$id', (row) => {
    const masked = maskStatement('redis', String(row.input));
    const { equals, unchanged } = row.expect;
    if (stricter.has(row.id)) expect(lines(equals).startsWith(lines(masked).slice(0, -1))).toBe(true);
    else if (unchanged === true) expect(masked).toBe(row.input);
    else if (equals !== undefined) expect(lines(masked)).toBe(lines(equals));
    for (const secret of (row.expect['absent'] ?? []) as readonly string[])
      expect(masked).not.toContain(secret);
  });
});

describe('Redis of OpenTelemetry JS', () => {
  const rows = vectorCases('redis-otel-js').map((row) => ({
    ...row,
    command: row.input as { readonly command: string; readonly args: readonly (string | number)[] },
  }));

  test.each(rows)('$id stays as their serializer wrote it', (row) => {
    expect(maskStatement('redis', String(row.expect['equals']))).toBe(row.expect['equals']);
  });

  test.each(rows)('$id loses what their serializer leaves out', ({ command: { command, args }, ...row }) => {
    const masked = maskStatement('redis', [command, ...args].join(' '));
    const kept = String(row.expect['equals']).split(' ');
    // Of `CONFIG` and `ACL` theirs drops the names of parameters and users, and of an unknown command its first argument.
    const names = new Set(['requirepass', 'alice', 'maxmemory', 'something', '100000']);
    for (const argument of args.map(String)) {
      if (!kept.includes(argument) && !names.has(argument)) expect(masked.split(' ')).not.toContain(argument);
    }
  });
});

describe('memcached of the Datadog agent, with the command kept', () => {
  const rows = vectorCases('redis-datadog').filter(
    ({ op, config }) =>
      op === 'memcached-obfuscate' && (config as { readonly keepCommand: boolean }).keepCommand,
  );

  test.each(rows)('$id', (row) => {
    const masked = maskStatement('memcached', String(row.input));
    expect(masked).toBe(row.expect['unchanged'] === true ? row.input : row.expect['equals']);
  });
});

describe('JSON of the Datadog agent', () => {
  const rows = vectorCases('redis-datadog').filter(({ op }) => op === 'json-obfuscate');

  test.each(rows)('$id', ({ input, config, expect: { equalsJson } }) => {
    for (const system of ['mongodb', 'elasticsearch', 'opensearch']) {
      const masked: unknown = JSON.parse(maskStatement(system, String(input)));
      // Without a list of members to keep every value becomes "?".
      if (config === undefined) expect(masked).toStrictEqual(equalsJson);
      else expect(leavesOf(masked)).toEqual(new Set(['?']));
      expect(shapeOf(masked)).toBe(shapeOf(JSON.parse(String(input))));
    }
  });
});

function leavesOf(value: unknown): ReadonlySet<unknown> {
  if (typeof value !== 'object' || value === null) return new Set([value]);
  return new Set(Object.values(value).flatMap((member) => [...leavesOf(member)]));
}

const shapeOf = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'object' && member !== null ? member : 0));

describe('a statement', () => {
  test.each([
    [
      'mongodb',
      '{"find":"users","filter":{"n":1},"$db":"app"}',
      '{"find":"users","filter":{"n":"?"},"$db":"app"}',
    ],
    [
      'mongodb',
      "db.users.find({name: 'bob', age: {$gt: 5}})",
      'db.users.find({name: \'?\', age: {$gt: "?"}})',
    ],
    ['mongodb', '[{"$match":{"a":"b c"}},{"$limit":5}]', '[{"$match":{"a":"?"}},{"$limit":"?"}]'],
    ['mongodb', '{"insert":"users","documents":[{"pw":"hun', '{"insert":"users","documents":[{"pw":"?"'],
    ['dynamodb', '{"TableName":"t","Key":{"id":{"S":"bob"}}}', '{"TableName":"t","Key":{"id":{"S":"?"}}}'],
    ['elasticsearch', '{"index":{}}\n{"name":"bob"}\n', '{"index":{}}\n{"name":"?"}\n'],
    [
      'neo4j',
      "MATCH (n {name: 'Bob'}) WHERE n.age > 5 RETURN n",
      'MATCH (n {name: ?}) WHERE n.age > ? RETURN n',
    ],
    ['', "MATCH (n {name: 'Bob'}) RETURN n", 'MATCH (n {name: ?}) RETURN n'],
    ['', '{"query":{"match":{"title":"x"}}}', '{"query":{"match":{"title":"?"}}}'],
    ['memcached', 'set token:a1b2c3d4 0 60 5\r\nvalue\r\n', 'set token:**** 0 60 5'],
    ['redis', 'XADD s MAXLEN ~ 10 * name bob', 'XADD s MAXLEN ~ 10 * name ?'],
    ['redis', 'GEOSEARCH places FROMMEMBER bob', 'GEOSEARCH places ?'],
    ['redis', 'MYMODULE.DO key secret value', 'MYMODULE.DO key ?'],
    [
      'oracle.db',
      'ALTER USER bob IDENTIFIED BY hunter2 REPLACE old1',
      'ALTER USER bob IDENTIFIED BY ? REPLACE ?',
    ],
    ['oracle.db', 'CREATE USER bob IDENTIFIED BY "hunter2"', 'CREATE USER bob IDENTIFIED BY ?'],
    ['sqlite', 'INSERT INTO "t" ("a") VALUES ("x", "y")', 'INSERT INTO "t" ("a") VALUES (?, ?)'],
    [
      'sqlite',
      'SELECT "a" FROM "t" WHERE "b" LIKE "x%" AND "c" BETWEEN "d" AND "e"',
      'SELECT "a" FROM "t" WHERE "b" LIKE ? AND "c" BETWEEN ? AND ?',
    ],
  ])('of %s: %s', (system, statement, masked) => {
    expect(maskStatement(system, statement)).toBe(masked);
  });
});
