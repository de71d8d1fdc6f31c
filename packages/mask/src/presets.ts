import type { DetectorName } from './detectors/built-in-detectors.js';
import type { PresetName } from './policy.js';

/** A preset as data. What a policy says itself comes before it; presets merge in the order of `extends`. */
export interface Preset {
  /** Regular expressions on names. */
  readonly patterns?: readonly string[];
  /** Globs on names. */
  readonly globs?: readonly string[];
  /** A judgement of names by their words. */
  readonly names?: 'secret' | 'personal' | 'unlisted';
  readonly detectors?: readonly DetectorName[];
  readonly services?: readonly string[];
  /** Also mask what is a secret by its place: SQL literals, URL userinfo, Redis arguments, credentials in headers. */
  readonly structured?: boolean;
}

/** The key patterns of lumigo-node, `SECRET_MASKING_REGEX`, verbatim. */
export const lumigoPatterns: readonly string[] = [
  '.*pass.*',
  '.*key.*',
  '.*secret.*',
  '.*credential.*',
  '.*passphrase.*',
  'SessionToken',
  'x-amz-security-token',
  'Signature',
  'Credential',
  'Authorization',
];

const secretDetectors: readonly DetectorName[] = [
  'payment-card',
  'jwt',
  'aws-access-key-id',
  'aws-secret-access-key',
  'email',
  'url-userinfo',
  'us-ssn',
  'iban',
  'pem-private-key',
  'bearer-token',
  'basic-credentials',
  'api-token',
  'named-secret',
  'command-credentials',
  'kubernetes-secret',
];

/** Content of conversations, in the names of the conventions and of older instrumentations. */
const conversationGlobs: readonly string[] = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.tool.message',
  'gen_ai.prompt',
  'gen_ai.prompt.*',
  'gen_ai.completion',
  'gen_ai.completion.*',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
  'gen_ai.event.content',
  'gen_ai.request.messages',
  'gen_ai.response.messages',
  'gen_ai.user.message',
  'gen_ai.assistant.message',
  'gen_ai.system.message',
  'gen_ai.choice',
  'gen_ai.evaluation.explanation',
  'gen_ai.retrieval.documents',
  'gen_ai.retrieval.query.text',
  'llm.prompts',
  'llm.prompts.*',
  'llm.completions',
  'llm.completions.*',
  'llm.input_messages*',
  'llm.output_messages*',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'ai.prompt',
  'ai.prompt.*',
  'ai.response.text',
  'ai.response.object',
  'ai.response.toolCalls',
  'ai.toolCall.args',
  'ai.toolCall.result',
];

export const presets: ReadonlyMap<string, Preset> = new Map<PresetName, Preset>([
  ['default', { names: 'secret', detectors: secretDetectors, services: ['aws'], structured: true }],
  ['lumigo', { patterns: lumigoPatterns, services: ['lumigo'] }],
  ['aws', { services: ['aws'] }],
  ['gcp', { services: ['gcp'] }],
  ['azure', { services: ['azure'] }],
  ['vault', { services: ['vault'] }],
  [
    'payments',
    {
      detectors: ['payment-card', 'iban'],
      globs: [
        '*card_number',
        '*card.number',
        '*card_pan',
        '*cvv',
        '*cvc',
        '*iban',
        '*account_number',
        '*routing_number',
      ],
    },
  ],
  ['pii', { names: 'personal', detectors: ['email', 'us-ssn', 'phone', 'ip-address'] }],
  ['genai', { globs: conversationGlobs }],
  ['strict', { names: 'unlisted', detectors: secretDetectors, services: ['aws'], structured: true }],
]);
