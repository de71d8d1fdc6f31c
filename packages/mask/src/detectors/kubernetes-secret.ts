import { TRAIT_SECRET_KIND } from '../text-traits.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const KIND = /^[ \t]*kind:[ \t]*["']?secret["']?[ \t\r]*$/im;
const DATA = /^([ \t]*)(?:data|stringData):[ \t\r]*$/;
const ENTRY = /^([ \t]*)(?:["']?[\w.-]{1,253}["']?):[ \t]*(?:([|>][-+]?\d?)[ \t\r]*$|["']?)/;
const SHORTEST = 10;
/** Base64 under a kind that is written as Kubernetes does: a few characters are a password as well. */
const BASE64 = /^(?:[\w+/]{4}){2}|=$/;
const EXACT_KIND = /kind:[ \t]*["']?Secret/;

/** The values of a Kubernetes secret in YAML (`kind: Secret`), below `data` or `stringData`. Templates and empty values stay. */
export const kubernetesSecretDetector: ValueDetector = {
  name: 'kubernetes-secret',
  needs: TRAIT_SECRET_KIND,
  find(text, report) {
    if (!KIND.test(text)) return;
    const isExact = EXACT_KIND.test(text);
    let from = 0;
    while (from < text.length) {
      const separator = text.indexOf('\n---', from);
      const to = separator < 0 ? text.length : separator + 1;
      if (KIND.test(text.slice(from, to))) new SecretManifest(text, report, isExact).read(from, to);
      from = separator < 0 ? text.length : separator + 4;
    }
  },
};

/** Reads one manifest line by line. */
class SecretManifest {
  readonly #text: string;
  readonly #report: ReportMatch;
  readonly #isExact: boolean;
  /** The indent of the `data` that the lines belong to. */
  #data: string | undefined;
  /** The indent of the entry whose block of lines is being read. */
  #block: string | undefined;

  constructor(text: string, report: ReportMatch, isExact: boolean) {
    this.#text = text;
    this.#report = report;
    this.#isExact = isExact;
  }

  read(from: number, to: number): void {
    for (let start = from; start < to; ) {
      const newline = this.#text.indexOf('\n', start);
      const end = newline < 0 || newline >= to ? to : newline;
      this.#line(start, end);
      start = end + 1;
    }
  }

  #line(start: number, end: number): void {
    const line = this.#text.slice(start, end);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (indent.length === line.trimEnd().length) return;
    if (this.#block !== undefined && indent.length > this.#block.length) {
      this.#value(start + indent.length, end);
      return;
    }
    this.#block = undefined;
    if (this.#data !== undefined && indent.length > this.#data.length) this.#entry(line, start);
    else this.#data = DATA.exec(line)?.[1];
  }

  #entry(line: string, start: number): void {
    const match = ENTRY.exec(line);
    if (match === null) return;
    if (match[2] !== undefined) this.#block = match[1];
    else this.#value(start + match[0].length, start + line.length);
  }

  #value(start: number, lineEnd: number): void {
    let end = lineEnd;
    while (end > start && ' \t\r"\''.includes(this.#text[end - 1] ?? 'x')) end -= 1;
    const value = this.#text.slice(start, end);
    const isSecret = value.length >= SHORTEST || (this.#isExact && BASE64.test(value));
    if (isSecret && !value.startsWith('{{')) this.#report(start, end);
  }
}
