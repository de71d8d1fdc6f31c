import { mapPattern, type PatternNode } from './pattern-tree.js';

/** Most characters, choices and places that a pattern is written out to: a step over one character takes as much time. */
const MOST_WRITTEN = 5000;

/**
 * A pattern that can be written out with its counts: as it is, or else with every count as `+` or `*`. That matches all that
 * the pattern matches, and more: the safe side for a mask. Undefined when it is too large even so.
 */
export function boundedPattern(tree: PatternNode): PatternNode | undefined {
  if (writtenSize(tree) <= MOST_WRITTEN) return tree;
  const loose = withoutCounts(tree);
  return writtenSize(loose) <= MOST_WRITTEN ? loose : undefined;
}

function writtenSize(node: PatternNode): number {
  switch (node.is) {
    case 'set':
    case 'edge':
      return 1;
    case 'group':
      return writtenSize(node.of);
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + writtenSize(part), 1);
    case 'repeat': {
      const copies = node.max === Number.POSITIVE_INFINITY ? Math.max(node.min, 1) : node.max;
      return 1 + copies * writtenSize(node.of);
    }
  }
}

function withoutCounts(tree: PatternNode): PatternNode {
  return mapPattern(tree, (node) => {
    if (node.is !== 'repeat') return node;
    const isCounted = node.min > 1 || (node.max > 1 && node.max !== Number.POSITIVE_INFINITY);
    return isCounted ? { ...node, min: Math.min(node.min, 1), max: Number.POSITIVE_INFINITY } : node;
  });
}
