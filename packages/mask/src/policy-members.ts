import { redactionShape } from './collector/redaction-shape.js';
import { builtInDetectors } from './detectors/built-in-detectors.js';
import type { Action, KeyRule, Policy, PolicyLimits, ServiceRule, Tier, ValueRule } from './policy.js';
import type { CountShape, RecordShape, Shape, TextShape, WordShape } from './policy-shape.js';
import { presets } from './presets.js';
import { servicePresets } from './service-presets.js';

// The policy language, declared once: the reader and the JSON Schema know no member, word or range but these. A new member
// is a line here, a line in its interface in policy.ts, and its use in rule-reader.ts or policy-reader.ts.

/** Every action, in the order in which faults list them. */
export const actions: readonly Action[] = ['mask', 'partial', 'hash', 'redact-match', 'drop', 'keep'];
/** Every tier, the least of them first. */
const tierNames: readonly Tier[] = ['unrestricted', 'restricted', 'sensitive'];
/** `$name` where a text or a list may stand: what `define` gives under the name. */
export const reference: RegExp = /^\$([A-Za-z][\w-]*)$/;

type Members<T> = { readonly [M in keyof Required<T>]: Shape };

const text = (about: string): TextShape => ({ is: 'text', about });
const pattern = (about: string): TextShape => ({ is: 'text', expected: 'a regular expression', about });
const word = (words: readonly string[], about: string): WordShape => ({ is: 'word', words, about });
const list = (of: Shape, about: string): Shape => ({ is: 'list', of, about });

const globs = (about: string): Shape => ({
  is: 'choice',
  of: [text('A glob.'), list(text('A glob.'), 'Globs.')],
  expected: 'a glob or an array of globs',
  about,
});

const tier = word(tierNames, 'A tier, which `tiers` maps to an action.');
const actionAbout = (otherwise: string): string =>
  `What is done to a hit. Default: the action of the tier, or ${otherwise}.`;
const unsafe: Shape = {
  is: 'flag',
  about:
    'Takes a pattern that no linear-time engine can run (look-around, back-references). It runs on a backtracking engine, and text beyond 1,024 UTF-16 units is masked unread.',
};

const keyRule: Members<KeyRule> = {
  pattern: pattern('A regular expression, unanchored, in any case.'),
  glob: text(
    'A glob over the whole name, in any case and any separators: `*` is any run of characters, `?` one.',
  ),
  within: globs(
    'Globs of the attribute keys whose nested names are meant; what the star of `prefix.*` stands for is such a name too.',
  ),
  outside: globs('Globs of the attribute keys whose nested names are not meant, as for within.'),
  caseSensitive: {
    is: 'flag',
    about: 'Case matters, and a glob is tried on the name as it is written only.',
  },
  whole: {
    is: 'flag',
    about:
      'For attributes as a whole: names nested in values are not meant, and a value of any type becomes the mask text.',
  },
  action: word(
    actions.filter((action) => action !== 'redact-match'),
    actionAbout('mask'),
  ),
  tier,
  name: text('What counters and explanations call the rule. Default: its pattern or glob.'),
  exact: {
    is: 'flag',
    about: 'Tries a pattern on the name as written only, not on the name with its separators normalised.',
  },
  unsafe,
};

const valueRule: Members<ValueRule> = {
  name: text('What counters and explanations call the rule.'),
  pattern: pattern('A regular expression, unanchored; case matters unless it starts with `(?i)`.'),
  replace: {
    is: 'text',
    mayBeEmpty: true,
    expected: 'a string',
    about: 'What replaces a match: `$1`, `$<name>`, `$&` and `$$` as in JavaScript. Default: the mask text.',
  },
  action: word(actions, actionAbout('redact-match')),
  tier,
  unsafe,
};

const serviceRule: Members<ServiceRule> = {
  name: text('The name of the service.'),
  rpcService: text('The value of rpc.service, in any case.'),
  host: text('A glob over the whole host name.'),
  hostPattern: pattern('A regular expression on the host name and the whole URL, unanchored, in any case.'),
  port: { is: 'count', from: 1, to: 65_535, about: 'The port of the server.' },
  path: text('A glob over the whole path of the URL.'),
  attributes: {
    is: 'map',
    of: text('A glob over the value of the attribute.'),
    least: 'at least one attribute',
    about: 'Attribute keys, and a glob over the value of each.',
  },
};

const limits: { readonly [M in keyof Required<PolicyLimits>]: CountShape & { readonly otherwise: number } } =
  {
    valueLength: {
      is: 'count',
      from: 64,
      to: 268_435_456,
      otherwise: 4_194_304,
      about: 'Longest text that is inspected, in UTF-16 units.',
    },
    depth: {
      is: 'count',
      from: 1,
      to: 64,
      otherwise: 32,
      about: 'Deepest nesting of maps, arrays and texts inside texts.',
    },
    spanLength: {
      is: 'count',
      from: 64,
      to: 1_073_741_824,
      otherwise: 4_194_304,
      about: "Most text of a span's attributes, events and links that is inspected, in UTF-16 units.",
    },
    places: {
      is: 'count',
      from: 1,
      to: 1_048_576,
      otherwise: 32_768,
      about:
        'Most places of a span where something may have to be masked; of one attribute, an eighth. A text with more is masked.',
    },
  };

const record = (members: Readonly<Record<string, Shape>>, about: string): RecordShape => ({
  is: 'record',
  members,
  about,
});
const presetName = word([...presets.keys()], 'A preset.');

const members: Members<Policy> = {
  $schema: text('Where the JSON Schema of this file is, for editors. Not read.'),
  extends: {
    is: 'choice',
    of: [presetName, list(presetName, 'Presets, merged in order.')],
    expected: 'a preset or an array of presets',
    about: 'Presets, merged in order. Default: default. An empty array starts from nothing.',
  },
  define: {
    is: 'map',
    of: {
      is: 'choice',
      of: [
        text('A pattern, glob or word.'),
        list(text('A pattern, glob or word.'), 'Patterns, globs or words.'),
      ],
      expected: 'a string or an array of strings',
      about: 'A text or several.',
    },
    name: { pattern: /^[A-Za-z][\w-]{0,63}$/, expected: 'a name of letters, digits, _ and -' },
    about:
      'Named lists and patterns. $name stands for one in a list or in place of a text; in braces, inside a pattern.',
  },
  keys: list(
    {
      is: 'choice',
      of: [
        pattern('A regular expression, unanchored, in any case.'),
        { ...record(keyRule, 'A rule on names.'), oneOf: ['pattern', 'glob'] },
      ],
      expected: 'a regular expression or a key rule',
      about: 'A rule on names.',
    },
    'Rules on names, the first match wins, before those of the presets.',
  ),
  paths: list(
    { is: 'text', expected: 'names with dots between them', about: 'Names with dots between them.' },
    'Members that are masked, from the top of any value, through lists, JSON, and JSON inside of JSON.',
  ),
  values: list(
    {
      is: 'choice',
      of: [
        { ...word([...builtInDetectors.keys()], 'A detector.'), named: true },
        { ...record(valueRule, 'A rule on text.'), required: ['name', 'pattern'] },
      ],
      expected: 'the name of a detector or a value rule',
      about: 'What is looked for in text.',
    },
    'Detectors by name, and rules on text.',
  ),
  services: list(
    {
      is: 'choice',
      of: [
        { ...word([...servicePresets.keys()], 'A service preset.'), named: true },
        {
          ...record(serviceRule, 'A sensitive service: all that is given must match.'),
          required: ['name'],
          anyOf: ['rpcService', 'host', 'hostPattern', 'port', 'path', 'attributes'],
        },
      ],
      expected: 'the name of a service preset or a service rule',
      about: 'A sensitive service.',
    },
    'Services whose spans are masked whole.',
  ),
  allow: record(
    {
      keys: list(pattern('A regular expression on names.'), 'Names whose values stay.'),
      values: list(pattern('A regular expression that covers a match.'), 'Matches that stay.'),
    } satisfies Members<NonNullable<Policy['allow']>>,
    'What stays.',
  ),
  tiers: record(
    Object.fromEntries(tierNames.map((name) => [name, word(actions, `What is done to what is ${name}.`)])),
    'The action of each tier. Default: unrestricted keeps, restricted and sensitive mask.',
  ),
  controlCharacters: word(
    ['escape', 'keep'],
    'Whether control characters and line breaks of names and one-line texts are written out. Default: escape with the presets default and strict, else keep.',
  ),
  mask: text('The replacement text. Default: ****.'),
  hashKey: text('Key of the action hash: base64:… or hex:…, at least 32 bytes.'),
  limits: record(limits, 'Where the masker stops looking. What lies past a limit is masked.'),
  redaction: redactionShape,
};

/** The whole policy. */
export const policyShape: RecordShape = record(members, 'What to mask.');

/** The limits of a policy that gives none. */
export const defaultLimits: Required<PolicyLimits> = {
  valueLength: limits.valueLength.otherwise,
  depth: limits.depth.otherwise,
  spanLength: limits.spanLength.otherwise,
  places: limits.places.otherwise,
};
