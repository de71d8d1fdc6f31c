import { policyShape, reference } from './policy-members.js';
import type { MapShape, RecordShape, Shape } from './policy-shape.js';

/** A JSON Schema, or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The JSON Schema (draft 2020-12) of a policy. What it takes may still have faults that only the reader finds. */
export const policySchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Spanseal masking policy',
  ...schemaOf(policyShape),
};

function schemaOf(shape: Shape): JsonSchema {
  return { description: shape.about, ...typeOf(shape) };
}

function typeOf(shape: Shape): JsonSchema {
  switch (shape.is) {
    case 'text':
      return { type: 'string', ...(shape.mayBeEmpty === true ? {} : { minLength: 1 }) };
    case 'word': {
      const words = { type: 'string', enum: shape.words };
      return shape.named === true ? { anyOf: [words, { type: 'string', pattern: reference.source }] } : words;
    }
    case 'count': {
      const { from, to, otherwise } = shape;
      return {
        type: 'integer',
        minimum: from,
        maximum: to,
        ...(otherwise === undefined ? {} : { default: otherwise }),
      };
    }
    case 'flag':
      return { type: 'boolean', default: shape.otherwise ?? false };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) };
    case 'map':
      return mapSchema(shape);
    case 'record':
      return recordSchema(shape);
    case 'choice':
      return { anyOf: shape.of.map(schemaOf) };
  }
}

function mapSchema({ of, name, least }: MapShape): JsonSchema {
  return {
    type: 'object',
    ...(name === undefined ? {} : { propertyNames: { pattern: name.pattern.source } }),
    ...(least === undefined ? {} : { minProperties: 1 }),
    additionalProperties: schemaOf(of),
  };
}

function recordSchema({ members, required, oneOf, anyOf }: RecordShape): JsonSchema {
  const present = (name: string): JsonSchema => ({ required: [name] });
  return {
    type: 'object',
    ...(required === undefined ? {} : { required }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(present) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(present) }),
    properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, schemaOf(member)])),
    additionalProperties: false,
  };
}
