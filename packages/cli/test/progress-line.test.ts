import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { ProgressLine } from '../src/progress-line.js';

const mebibyte = 1024 * 1024;

function watched({ isTTY = true, isAsked = false } = {}): {
  line: ProgressLine;
  printed: string[];
  at: (time: number) => void;
} {
  const printed: string[] = [];
  const sink = (): Writable =>
    new Writable({
      write(chunk, _, done) {
        printed.push(String(chunk));
        done();
      },
    });
  let time = 0;
  const io = {
    stdin: [] as unknown as AsyncIterable<Uint8Array>,
    stdout: sink(),
    stderr: Object.assign(sink(), { isTTY }),
    env: {},
  };
  const line = new ProgressLine(io, { now: () => time, isAsked });
  const at = (next: number) => {
    time = next;
    line.show({ read: 3 * mebibyte, size: 4 * mebibyte });
  };
  return { line, printed, at };
}

describe('A progress line', () => {
  test('is silent in the first second, then is written anew five times a second, and goes away', () => {
    const { line, printed, at } = watched();
    for (const time of [0, 999, 1000, 1100, 1200]) at(time);
    expect(printed).toEqual([
      '\r\u001b[Kread 3.0 MiB of 4.0 MiB, 75 %',
      '\r\u001b[Kread 3.0 MiB of 4.0 MiB, 75 %',
    ]);
    line.clear();
    expect(printed.at(-1)).toBe('\r\u001b[K');
  });

  test('begins at once when it is asked for, and is a line each time where there is no terminal', () => {
    const { line, printed, at } = watched({ isTTY: false, isAsked: true });
    at(0);
    line.clear();
    expect(printed).toEqual(['read 3.0 MiB of 4.0 MiB, 75 %\n']);
  });

  test('knows no share of an input without a length', () => {
    const { line, printed } = watched({ isAsked: true });
    line.show({ read: mebibyte / 2, size: undefined });
    expect(printed).toEqual(['\r\u001b[Kread 0.5 MiB']);
  });
});
