import type { CharSet } from './char-set.js';
import type { PatternNode } from './pattern-tree.js';

/** A pattern as V8 reads it with the flag u, meaning exactly what the tree says. Undefined when it has no spelling there. */
export function scriptPattern(node: PatternNode): string | undefined {
  switch (node.is) {
    case 'set':
      return `[${node.set.map(([from, to]) => (from === to ? spell(from) : `${spell(from)}-${spell(to)}`)).join('')}]`;
    case 'edge':
      return EDGES.get(node.edge);
    case 'group': {
      const inner = scriptPattern(node.of);
      return inner === undefined
        ? undefined
        : `(${node.name === undefined ? '' : `?<${node.name}>`}${inner})`;
    }
    case 'sequence': {
      const parts = node.parts.map((part) => (part.is === 'choice' ? wrapped(part) : scriptPattern(part)));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'choice': {
      const parts = node.parts.map(scriptPattern);
      return parts.includes(undefined) ? undefined : parts.join('|');
    }
    case 'repeat': {
      const inner = node.of.is === 'set' ? scriptPattern(node.of) : wrapped(node.of);
      return inner === undefined
        ? undefined
        : `${inner}{${node.min},${node.max === Number.POSITIVE_INFINITY ? '' : node.max}}${node.lazy ? '?' : ''}`;
    }
  }
}

const EDGES: ReadonlyMap<string, string> = new Map([
  ['start', '^'],
  ['end', '$'],
  ['word', '\\b'],
  ['no-word', '\\B'],
]);

function wrapped(node: PatternNode): string | undefined {
  const inner = scriptPattern(node);
  return inner === undefined ? undefined : `(?:${inner})`;
}

function spell(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

/** A class of everything but these characters, for the flag u. */
export function scriptClassWithout(set: CharSet): string {
  return `[^${set.map(([from, to]) => `${spell(from)}-${spell(to)}`).join('')}]`;
}
