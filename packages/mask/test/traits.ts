import { DETECTOR_TRIGGERS } from '../src/scan/detector-triggers.js';
import { TextScanner } from '../src/scan/text-scanner.js';

const scanner = new TextScanner(DETECTOR_TRIGGERS);

/** What a text holds, as the detectors ask for it. */
export const textTraits = (text: string): number => scanner.scan(text).traits;
