import { statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, run } from '../clean-folder.js';

const secret = `hex:${'07'.repeat(32)}`;
/** Prints the most memory that a process ever had, in kilobytes, when it ends. */
const printPeak = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'));`;

describe('spanseal verify on a large file', () => {
  let folder: string;
  beforeAll(() => {
    folder = cleanFolder(['mask', 'otlp', 'seal', 'cli']);
    writeFileSync(join(folder, 'print-peak.cjs'), printPeak);
  });

  /** The peak of memory, in megabytes, while a capture of about so many megabytes is verified; and the capture's real size. */
  function verified(format: string, megabytes: number): { peak: number; size: number } {
    const file = join(folder, `${format}-${megabytes}`);
    const made = run(process.execPath, ['large-capture.mjs', file, format, String(megabytes), secret], {
      cwd: folder,
    });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
    const args = ['--require', './print-peak.cjs', main, 'verify', file, '--key', secret];
    const { code, stdout, stderr } = run(process.execPath, args, { cwd: folder });
    expect(stdout).toContain(`spans    ${made.stdout} · ${made.stdout} valid`);
    expect(code).toBe(0);
    const size = statSync(file).size / 1_000_000;
    unlinkSync(file);
    return { peak: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1000, size };
  }

  test.each(['protobuf', 'jaeger'])(
    'takes no more memory for it than a fifth of what it is longer: %s',
    (format) => {
      // The first is long enough for the runtime to have taken what it takes for any file.
      const [long, longer] = [verified(format, 60), verified(format, 260)];
      expect(longer.peak - long.peak).toBeLessThan((longer.size - long.size) / 5);
      expect(long.peak).toBeLessThan(180);
    },
  );
});
