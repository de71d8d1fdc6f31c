import type { LineName } from '@spanseal/test-kit';

/** The newest SDK line that is made for this Node.js. */
export function lineForNode(node: string): LineName {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 15) ? '3.1' : '2.12';
}
