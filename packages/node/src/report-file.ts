import { writeFileSync } from 'node:fs';
import { guardRecord } from './guard-record.js';

/** Writes down what was guarded when the process ends, for `spanseal doctor`. */
export function writeReportAtExit(path: string): void {
  process.on('exit', () => {
    try {
      const { providers } = guardRecord();
      // One line a process: the command may start others.
      writeFileSync(path, `${JSON.stringify({ pid: process.pid, providers })}\n`, { flag: 'a' });
    } catch {
      // The doctor says that nothing came.
    }
  });
}
