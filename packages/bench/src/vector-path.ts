import { fileURLToPath } from 'node:url';

/** Where a file of the package's vectors is. */
export function vectorPath(name: string): string {
  return fileURLToPath(new URL(`../vectors/${name}`, import.meta.url));
}
