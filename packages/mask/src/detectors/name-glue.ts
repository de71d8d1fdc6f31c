import { type BoundedRun, type CharacterSet, characterSet } from './character-set.js';

/** A name beside its value, as far as it is looked at. */
export const NAME_RUN: BoundedRun = { set: characterSet('A-Za-z0-9_.$-'), limit: 64 };

/** What stands between a name and its value in the languages of programs, shells and configurations. */
export const GLUE_RUN: BoundedRun = { set: characterSet(' \t\r\n"\'`\\=:>(,|?+.)]!~-'), limit: 24 };

/** What in the glue says that the value belongs to the name. */
export const OPERATORS: CharacterSet = characterSet('=:>(,|');
