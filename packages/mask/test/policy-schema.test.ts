import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMasker, type JsonSchema, type Policy, PolicyError, policySchema } from '../src/index.js';

/** The keywords that the schema uses, and no others: an unknown one fails. */
function accepts(schema: JsonSchema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, given]) => {
    switch (keyword) {
      case '$schema':
      case 'title':
      case 'description':
      case 'default':
        return true;
      case 'type':
        return given === 'integer' ? Number.isInteger(value) : given === typeOf(value);
      case 'enum':
        return (given as unknown[]).includes(value);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(String(given)).test(value);
      case 'minLength':
        return typeof value !== 'string' || value.length >= Number(given);
      case 'minimum':
        return typeof value !== 'number' || value >= Number(given);
      case 'maximum':
        return typeof value !== 'number' || value <= Number(given);
      case 'minProperties':
        return typeOf(value) !== 'object' || Object.keys(value as object).length >= Number(given);
      case 'anyOf':
        return (given as JsonSchema[]).some((one) => accepts(one, value));
      case 'oneOf':
        return (given as JsonSchema[]).filter((one) => accepts(one, value)).length === 1;
      case 'items':
        return !Array.isArray(value) || value.every((element) => accepts(given as JsonSchema, element));
      case 'required':
        return (
          typeOf(value) !== 'object' ||
          (given as string[]).every((name) => Object.hasOwn(value as object, name))
        );
      case 'propertyNames':
        return (
          typeOf(value) !== 'object' ||
          Object.keys(value as object).every((name) => accepts(given as JsonSchema, name))
        );
      case 'properties':
      case 'additionalProperties':
        return (
          typeOf(value) !== 'object' ||
          Object.entries(value as object).every(([name, member]) => memberFits(schema, name, member))
        );
      default:
        throw new Error(`the schema has the keyword ${keyword}`);
    }
  });
}

function memberFits(
  { properties = {}, additionalProperties }: JsonSchema,
  name: string,
  member: unknown,
): boolean {
  const known = properties as Record<string, JsonSchema>;
  if (Object.hasOwn(known, name)) return accepts(known[name] ?? {}, member);
  return additionalProperties !== false && accepts(additionalProperties as JsonSchema, member);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Paths of the faults, or none when the policy is taken. */
function faultsOf(policy: unknown): readonly { path: string; message: string }[] {
  try {
    createMasker(policy as Policy);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
}

const secret = 'hunter2-hunter2';
const word = fc.constantFrom(
  'default',
  'pii',
  'aws',
  'jwt',
  'mask',
  'hash',
  'drop',
  'sensitive',
  'a.*b',
  '$list',
  '(',
  secret,
  '',
);
const leaf = fc.oneof(
  word,
  fc.constantFrom(null, true, false, 0, 1, -1, 1.5, 8443, 64),
  fc.string({ maxLength: 5 }),
);
const name = fc.constantFrom(
  ...[
    'extends',
    'define',
    'keys',
    'values',
    'services',
    'allow',
    'tiers',
    'mask',
    'hashKey',
    'limits',
    '$schema',
  ],
  ...[
    'pattern',
    'glob',
    'within',
    'action',
    'tier',
    'name',
    'unsafe',
    'replace',
    'rpcService',
    'host',
    'port',
    'path',
  ],
  ...[
    'attributes',
    'valueLength',
    'depth',
    'spanLength',
    'places',
    'unrestricted',
    'sensitive',
    'list',
    '__proto__',
    'kyes',
  ],
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(name, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const policy = fc.oneof(
  json,
  fc.record(
    {
      extends: fc.oneof(word, fc.array(word, { maxLength: 2 }), json),
      define: fc.oneof(fc.constant({ list: ['a', 'b'] }), json),
      keys: fc.array(fc.oneof(word, fc.dictionary(name, leaf, { maxKeys: 3, noNullPrototype: true })), {
        maxLength: 3,
      }),
      values: fc.array(fc.oneof(word, fc.dictionary(name, leaf, { maxKeys: 3, noNullPrototype: true })), {
        maxLength: 3,
      }),
      services: fc.array(fc.oneof(word, fc.dictionary(name, leaf, { maxKeys: 3, noNullPrototype: true })), {
        maxLength: 3,
      }),
      allow: fc.record({ keys: fc.array(word, { maxLength: 2 }) }),
      limits: fc.dictionary(fc.constantFrom('depth', 'valueLength'), leaf, { noNullPrototype: true }),
      mask: leaf,
    },
    { requiredKeys: [] },
  ),
);

describe('the JSON Schema of a policy', () => {
  test('is the file that the package publishes', () => {
    const file = readFileSync(join(__dirname, '../policy.schema.json'), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(policySchema)));
    const { exports, files } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
    expect(exports['./policy.schema.json']).toBe('./policy.schema.json');
    expect(files).toContain('policy.schema.json');
  });

  test('describes every member', () => {
    const undescribed: string[] = [];
    const walk = (schema: JsonSchema, path: string): void => {
      for (const [member, part] of Object.entries(
        (schema['properties'] ?? {}) as Record<string, JsonSchema>,
      )) {
        if (typeof part['description'] !== 'string' || part['description'] === '')
          undescribed.push(`${path}.${member}`);
        walk(part, `${path}.${member}`);
      }
      for (const part of (schema['anyOf'] ?? []) as JsonSchema[]) walk(part, path);
      if (schema['items'] !== undefined) walk(schema['items'] as JsonSchema, path);
    };
    walk(policySchema, '');
    expect(undescribed).toEqual([]);
  });

  test('takes what the reader takes, and what it refuses the reader refuses', () => {
    let taken = 0;
    fc.assert(
      fc.property(policy, (given) => {
        const faults = faultsOf(given);
        if (faults.length === 0) taken += 1;
        if (faults.length === 0) expect(accepts(policySchema, given)).toBe(true);
      }),
      { numRuns: 1200 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});

describe('any value as a policy', () => {
  test('is taken or refused by one error, whatever it is', () => {
    const odd = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
    });
    const at = fc.constantFrom(
      'extends',
      'define',
      'keys',
      'paths',
      'values',
      'services',
      'allow',
      'tiers',
      'mask',
      'hashKey',
      'limits',
      'redaction',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          odd,
          fc.jsonValue(),
          fc.dictionary(at, fc.oneof(odd, fc.array(odd, { maxLength: 3 })), { maxKeys: 3 }),
        ),
        (given) => {
          for (const fault of faultsOf(given)) expect(fault.message).not.toBe('');
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('either compiles or has its faults named, without a value of it', () => {
    fc.assert(
      fc.property(policy, (given) => {
        for (const { path, message } of faultsOf(given)) {
          expect(path + message).not.toContain(secret);
          expect(path).toMatch(/^[\w$.[\]() -]*$/);
        }
      }),
      { numRuns: 1200 },
    );
  });
});
