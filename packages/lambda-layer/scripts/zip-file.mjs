// A zip whose bytes depend on nothing but its content (and the zlib of this Node.js): files in the order of their names, one
// time for all, the modes that Lambda needs.
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** The first moment that a zip can express. In local time, as the format has it: it is the same everywhere. */
const mtime = new Date(1980, 0, 1);
/** Lambda unpacks as root and runs as another user: all may read. */
const modes = { program: 0o100755, file: 0o100644 };

/** @param {Map<string, Uint8Array>} files by path; those without an extension are programs. */
export async function zipOf(files) {
  const zip = new ZipFile();
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const mode = path.includes('.') ? modes.file : modes.program;
    const options = { mtime, mode, compressionLevel: 9, forceDosTimestamp: true };
    zip.addBuffer(Buffer.from(content), path, options);
  }
  zip.end();
  return buffer(zip.outputStream);
}
