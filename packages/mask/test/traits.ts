import { DETECTOR_TRIGGERS } from '../src/scan/detector-triggers.js';
import { DIGIT_TRIGGERS, PHONE_TRIGGERS } from '../src/scan/digit-triggers.js';
import { ESCAPE_TRIGGERS } from '../src/scan/escape-triggers.js';
import { TextScanner } from '../src/scan/text-scanner.js';

const scanner = new TextScanner([
  ...DETECTOR_TRIGGERS,
  ...DIGIT_TRIGGERS,
  ...PHONE_TRIGGERS,
  ...ESCAPE_TRIGGERS,
]);

/** What a text holds, as the detectors ask for it. */
export const textTraits = (text: string): number => scanner.scan(text).traits;
