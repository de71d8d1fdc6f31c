import { maskFreeText } from '../../src/content/free-text.js';
import type { ContentRules, NamePlace } from '../../src/content-rules.js';
import { builtInDetectors } from '../../src/detectors/built-in-detectors.js';
import { EVERYWHERE, type TextScan } from '../../src/scan/text-scan.js';

const SECRET_NAME =
  /pass(?:word|wd|phrase)?$|pwd$|secret|token$|api_?key|access_?key|account_?key|private_?key|credential|^auth$|authorization|session_?id|^pin$|^otp$|^code$/;
const BARE = new Set(['code', 'key', 'pin', 'otp']);
const OPT_IN = new Set(['phone', 'ip-address']);

/** A small policy: names of secrets, free text, and the detectors that need no opt-in. */
export class FakeRules implements ContentRules {
  readonly mask: string;
  readonly hits: { readonly name: string; readonly place: NamePlace; readonly value: string }[] = [];

  constructor(mask = '****') {
    this.mask = mask;
  }

  maskForName(name: string, place: NamePlace, value: string): string | undefined {
    const normal = name.replace(/[\s-]/g, '_').toLowerCase();
    if (BARE.has(normal) && place !== 'query') return undefined;
    if (!SECRET_NAME.test(normal)) return undefined;
    this.hits.push({ name, place, value });
    return this.mask;
  }

  mayMask(): boolean {
    return true;
  }

  judgesWords(): boolean {
    return true;
  }

  marksOf(): TextScan {
    return EVERYWHERE;
  }

  maskText(value: string): string {
    return maskWithDetectors(maskFreeText(value, this), this.mask);
  }
}

/** A text with what every detector that needs no opt-in finds replaced. */
export function maskWithDetectors(text: string, mask: string): string {
  let masked = text;
  for (const detector of builtInDetectors.values()) {
    if (!OPT_IN.has(detector.name)) masked = maskWithDetector(masked, detector.name, mask);
  }
  return masked;
}

/** A text with what one detector finds replaced. */
export function maskWithDetector(text: string, name: string, mask = '****'): string {
  const parts: string[] = [];
  let done = 0;
  builtInDetectors.get(name)?.find(text, (start, end) => {
    const found = text.slice(start, end);
    parts.push(text.slice(done, start), found === 'REDACTED' ? found : mask);
    done = end;
  });
  return parts.join('') + text.slice(done);
}
