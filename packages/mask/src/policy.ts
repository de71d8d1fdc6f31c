import type { RedactionConfig } from './collector/redaction-config.js';
import type { DetectorName } from './detectors/built-in-detectors.js';

/**
 * What is done to a value that a rule hits. `mask` replaces it whole, `partial` keeps its last four characters, `hash`
 * gives a keyed token that is the same for the same value, `redact-match` replaces only what a value rule matched, `drop`
 * takes the attribute away, `keep` leaves the value alone.
 */
export type Action = 'mask' | 'partial' | 'hash' | 'redact-match' | 'drop' | 'keep';

/** How much a value matters. A rule names a tier, and the policy maps each tier to an action. */
export type Tier = 'unrestricted' | 'restricted' | 'sensitive';

/** A named part of a policy that comes with the package. */
export type PresetName =
  | 'default'
  | 'aws'
  | 'gcp'
  | 'azure'
  | 'vault'
  | 'payments'
  | 'pii'
  | 'genai'
  | 'lumigo'
  | 'strict';

interface KeyRuleOptions {
  /**
   * Globs of the attribute keys whose nested names (JSON members, query parameters, map keys …) are meant. What the star of
   * `prefix.*` stands for is such a name too: within `http.request.header.*` a rule judges the names of headers.
   */
  readonly within?: string | readonly string[];
  /** Globs of the attribute keys whose nested names are not meant, read as those of `within`. */
  readonly outside?: string | readonly string[];
  /** Default false: case does not matter. True: case matters, and a glob is tried on the name as it is written only. */
  readonly caseSensitive?: boolean;
  /**
   * Default false. True: for attributes as a whole. Names nested in values are not meant, and a value of any type (booleans,
   * empty texts, lists) becomes the mask text. With the actions `mask`, `drop` and `keep`.
   */
  readonly whole?: boolean;
  /** Default: the action of `tier`, or `mask`. */
  readonly action?: Action;
  readonly tier?: Tier;
  /** What counters and explanations call the rule. Default: its pattern or glob. */
  readonly name?: string;
  /** Tries a pattern on the name as written only, not on the name with its separators normalised. Default: false. */
  readonly exact?: boolean;
  /**
   * Takes a pattern that no linear-time engine can run (look-around, back-references) and runs it on a backtracking engine.
   * Text beyond 1,024 UTF-16 units then counts as a hit, unread: the cap bounds the time of a pattern that is polynomial, and
   * of an exponential one it does not.
   */
  readonly unsafe?: boolean;
}

/**
 * A rule on names. `pattern` is a regular expression, unanchored, `glob` covers the whole name. Both are
 * tried on the name as written and with its separators normalised (`apiKey` and `API-KEY` are `api_key`).
 */
export type KeyRule = KeyRuleOptions &
  ({ readonly pattern: string; readonly glob?: never } | { readonly glob: string; readonly pattern?: never });

/** A rule on text. It replaces what `pattern` matches, wherever it stands. */
export interface ValueRule {
  readonly name: string;
  /** A regular expression for a linear-time engine; case matters unless it starts with `(?i)`. */
  readonly pattern: string;
  /** Replacement of a match: `$1`, `$<name>`, `$&` and `$$` as in JavaScript. Default: the mask text. */
  readonly replace?: string;
  /** Default: `redact-match`. */
  readonly action?: Action;
  readonly tier?: Tier;
  /** As for {@link KeyRule}: text beyond 1,024 UTF-16 units is replaced by the mask text, unread. */
  readonly unsafe?: boolean;
}

/** A service whose spans are masked whole. Everything that is given must match. */
export interface ServiceRule {
  readonly name: string;
  /** The value of `rpc.service`, case-insensitive. */
  readonly rpcService?: string;
  /** A glob over the whole host name. */
  readonly host?: string;
  /** A regular expression on the host name, and on the whole URL where there is one; unanchored, case-insensitive. */
  readonly hostPattern?: string;
  readonly port?: number;
  /** A glob over the whole path of the URL. */
  readonly path?: string;
  /** Attribute keys, and a glob over the value of each. */
  readonly attributes?: { readonly [key: string]: string };
}

/** Where the masker stops looking. What lies past a limit is masked, not passed. */
export interface PolicyLimits {
  /** Longest text that is inspected, in UTF-16 units. Default 4,194,304. */
  readonly valueLength?: number;
  /** Deepest nesting of maps, arrays and texts inside texts. Default 32. */
  readonly depth?: number;
  /** Most text of a span's attributes, events and links that is inspected, in UTF-16 units. Default 4,194,304: receivers of OTLP take no larger message by default. */
  readonly spanLength?: number;
  /**
   * Most places of a span where something may have to be masked: names of secrets, beginnings of tokens, long numbers; of one
   * attribute, an eighth. A text that goes beyond it is masked whole. Default 32,768: an attribute of nothing else takes some
   * hundredths of a second. Where a rule is about names that no word gives away, eight words count as one.
   */
  readonly places?: number;
}

/** What to mask, as plain data: an object, or parsed YAML or JSON. */
export interface Policy {
  /** Where the JSON Schema of a policy file is, for editors. Not read. */
  readonly $schema?: string;
  /** Presets, merged in order. Default `["default"]`; `[]` starts from nothing. */
  readonly extends?: PresetName | readonly PresetName[];
  /**
   * Named lists and patterns. `$name` stands for one as an element of a list or in place of a text (any of its texts then), and
   * `${name}` inside a pattern.
   */
  readonly define?: { readonly [name: string]: string | readonly string[] };
  /** Rules on names, first match wins, tried before those of the presets. A string is a regular expression. */
  readonly keys?: readonly (string | KeyRule)[];
  /**
   * Dotted paths of members that are masked, from the top of any value: through maps, lists, JSON, and JSON inside of JSON.
   */
  readonly paths?: readonly string[];
  /** Detectors by name (or `$name` of a list of them), and rules on text. */
  readonly values?: readonly (DetectorName | ValueRule | `$${string}`)[];
  /** Sensitive services: names of service presets (`aws`, `aws-extended`, `gcp`, `azure`, `vault`, `payments`, `oidc`, `lumigo`) and own rules. */
  readonly services?: readonly (string | ServiceRule)[];
  /**
   * What stays. `keys`: regular expressions on names. `values`: regular expressions; one exempts the match it covers, never
   * the rest of the text.
   */
  readonly allow?: { readonly keys?: readonly string[]; readonly values?: readonly string[] };
  /** Default: `unrestricted` keeps, `restricted` and `sensitive` mask. */
  readonly tiers?: { readonly [tier in Tier]?: Action };
  /** The replacement text. Default `****`. */
  readonly mask?: string;
  /**
   * What becomes of control characters, ANSI escape sequences, line breaks and bidirectional overrides in names and texts of
   * one line: `escape` writes them out (`\n`, `\u001b`), so that no line of a log can be forged. Texts of many lines, such as
   * stack traces, keep their line ends and tabs. Default: `escape` with the presets `default` and `strict`, else `keep`.
   */
  readonly controlCharacters?: 'escape' | 'keep';
  /** Key of the action `hash`: `base64:…` or `hex:…`, at least 32 bytes. */
  readonly hashKey?: string;
  readonly limits?: PolicyLimits;
  /**
   * A configuration of the OpenTelemetry Collector's redaction processor. What it says is done first, the rest of the policy
   * after it.
   */
  readonly redaction?: RedactionConfig;
}
