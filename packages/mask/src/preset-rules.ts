import { conversationNameRule } from './conversation-names.js';
import type { CompiledKeyRule } from './key-rules.js';
import { compilePattern } from './linear-pattern.js';
import { unlistedNameRule } from './listed-names.js';
import { compileNameGlob } from './name-glob.js';
import { personalNameRule } from './personal-names.js';
import type { Preset } from './presets.js';
import { secretNameRule } from './secret-names.js';

const judges = {
  secret: secretNameRule,
  personal: personalNameRule,
  unlisted: unlistedNameRule,
  conversation: conversationNameRule,
};

/** The key rules of a preset. Their names begin with the preset's. */
export function presetKeyRules(
  preset: string,
  { patterns = [], globs = [], names }: Preset,
): CompiledKeyRule[] {
  const rules: CompiledKeyRule[] = patterns.map((source) => patternRule(`${preset}:${source}`, source));
  for (const glob of globs) {
    rules.push({ name: `${preset}:${glob}`, action: 'mask', test: compileNameGlob(glob) });
  }
  if (names !== undefined) {
    const judge = judges[names];
    rules.push({
      name: preset,
      action: 'mask',
      test: (name, place) => {
        const rule = judge(name, place);
        return rule === undefined ? false : `${preset}:${rule}`;
      },
    });
  }
  return rules;
}

function patternRule(name: string, source: string): CompiledKeyRule {
  const pattern = compilePattern(source, { ignoreCase: true });
  if ('reason' in pattern) throw new TypeError(`the preset pattern ${name} has ${pattern.reason}`);
  return toKeyRule({ name, action: 'mask' }, pattern);
}

/** A key rule that is a pattern. */
export function toKeyRule(
  rule: Pick<CompiledKeyRule, 'name' | 'action' | 'within'>,
  { literal, test }: Extract<ReturnType<typeof compilePattern>, { test: unknown }>,
): CompiledKeyRule {
  if (literal === undefined || !/^[\x20-\x7e]+$/.test(literal) || rule.within !== undefined)
    return { ...rule, test };
  const lower = literal.toLowerCase();
  return { ...rule, literal: lower, test: (name) => name.toLowerCase().includes(lower) };
}
