// What of a bundle that masks is loaded with the first span that needs it: most hold nothing for these readers, and few policies
// have patterns of their own.

const sources = (...paths) => new RegExp(`/packages/(?:${paths.join('|')})`);

/** By the name of a part, the paths of its modules. */
export const laterParts = {
  // Of texts that hold more than plain values: statements, commands, markup, prose, settings.
  readers: sources(
    'mask/src/(?:content/(?!json-opening|json-characters)' +
      '|detectors/(?:base58-check|bech32|cut-token|issuer-prefixes|key-lines|named-card|named-phone|other-private-keys)' +
      '|detectors/(?:published-keys|secret-shape|struck-out|told-code)' +
      '|(?:count-names|cut-offset|folded-text|free-names|literal-value|masked-by|name-within|value-rows|word-places)\\.' +
      '|scan/word-finder)',
  ),
  // Of policies and processors that are told more than which presets and names: patterns, configurations of the Collector, services
  // of one's own.
  policies: sources(
    'mask/src/(?:pattern-|linear-|backtracking-|lazy-|char-|code-points|letter-cases|closest-word|group-edges|script-pattern' +
      '|unicode-property|service-rule|importers/|collector/|listed-names|personal-names|hash-token|match-work' +
      '|replacement|scan/pattern-stems|structural-attributes|staged-masker|member-paths)',
    'span-processor/src/(?:structural-content|write-in-place)',
  ),
};
