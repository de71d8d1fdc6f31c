import type { ValueDetector } from '../detectors/value-detector.js';
import type { CompiledKeyRule } from '../key-rules.js';
import {
  TRAIT_AT,
  TRAIT_FOLDABLE,
  TRAIT_HIDDEN,
  TRAIT_JWT,
  TRAIT_NAME,
  TRAIT_TOKEN,
} from '../text-traits.js';
import { ADDRESS_TRIGGERS } from './address-triggers.js';
import { DETECTOR_TRIGGERS } from './detector-triggers.js';
import { ACCOUNT_TRIGGERS, DIGIT_TRIGGERS, PHONE_TRIGGERS } from './digit-triggers.js';
import { ESCAPE_TRIGGERS } from './escape-triggers.js';
import { SECRET_NAME_TRIGGERS } from './name-triggers.js';
import { STRUCTURE_TRIGGERS } from './structure-triggers.js';
import { TextScanner } from './text-scanner.js';
import type { TriggerWord } from './trigger-word.js';

/** What of a policy decides which texts have to be read. */
export interface ScannedPolicy {
  readonly keys: readonly CompiledKeyRule[];
  readonly detectors: readonly ValueDetector[];
  readonly structured: boolean;
}

/** How a masker tells texts that nothing of its policy can touch from those that must be read. */
export interface ScanPlan {
  readonly scanner: Pick<TextScanner, 'scan' | 'scanRow'>;
  /** True when a rule can hit names that no word gives away: then every text with a name in it is read. */
  readonly opaque: boolean;
  /** True when a detector looks for what nothing gives away: then no part of a text can be passed over. */
  readonly blind: boolean;
  /** Whether a text with these `TRAIT_…` bits must be read; for an opaque plan, as far as words tell. */
  isActive(traits: number): boolean;
  /** Whether more than detectors can find something: a name, a hidden character, an address, something decoded. */
  needsReaders(text: string, traits: number): boolean;
}

// A token can end with the part that a reader gives it in.
const READERS = TRAIT_NAME | TRAIT_HIDDEN | TRAIT_AT | TRAIT_TOKEN | TRAIT_JWT;

const DETECTORS: readonly (readonly TriggerWord[])[] = [
  ACCOUNT_TRIGGERS,
  ADDRESS_TRIGGERS,
  DETECTOR_TRIGGERS,
  DIGIT_TRIGGERS,
  PHONE_TRIGGERS,
  SECRET_NAME_TRIGGERS,
];

/** Plans the scan for a policy. @param places of a text, that are counted. */
export function planScan({ keys, detectors, structured }: ScannedPolicy, places?: number): ScanPlan {
  const rules = keys.filter(({ action }) => action !== 'keep');
  const opaque = rules.some(({ triggers }) => triggers === undefined);
  const wanted = detectors.reduce((all, detector) => all | detector.needs, structured ? TRAIT_AT : 0);
  const ofDetectors = DETECTORS.flat().filter(({ traits }) => (traits & wanted) !== 0);
  const ofRules = rules.map(({ triggers }) => triggers ?? []);
  // Once each: rules have some in common, with one another and with detectors.
  const words = new Set(
    [ESCAPE_TRIGGERS, ofDetectors, ...ofRules, structured ? STRUCTURE_TRIGGERS : []].flat(),
  );
  const readers = rules.length > 0 || structured ? TRAIT_NAME | TRAIT_HIDDEN : TRAIT_HIDDEN;
  const foldable = detectors.length > 0 ? TRAIT_FOLDABLE : 0;
  const always = (structured ? readers | TRAIT_AT : readers) | foldable;
  const needs = [...new Set(detectors.map((detector) => detector.needs))];
  return {
    scanner: new TextScanner([...words], undefined, places),
    opaque,
    blind: needs.includes(0),
    isActive(traits) {
      if ((traits & always) !== 0) return true;
      for (let index = 0; index < needs.length; index += 1) {
        const need = needs[index] ?? 0;
        if ((traits & need) === need) return true;
      }
      return false;
    },
    needsReaders: (text, traits) => opaque || (traits & READERS) !== 0 || /[%+\\]/.test(text),
  };
}
