import { describe, expect, test } from '@jest/globals';
import { type Attributes, createMasker, type PresetName } from '../src/index.js';

/** Names of a preset's attributes that it masks, and those that it leaves. */
const table: Readonly<
  Partial<Record<PresetName, { readonly masked: readonly string[]; readonly left: readonly string[] }>>
> = {
  genai: {
    masked: [
      ...[
        'gen_ai.input.messages',
        'gen_ai.output.messages',
        'gen_ai.system_instructions',
        'gen_ai.tool.call.arguments',
        'gen_ai.tool.call.result',
      ],
      ...[
        'gen_ai.prompt',
        'gen_ai.completion',
        'gen_ai.prompt.0.content',
        'gen_ai.completion.12.content',
        'gen_ai.completion.0.tool_calls.0.arguments',
      ],
      ...[
        'gen_ai.event.content',
        'gen_ai.user.message',
        'content',
        'message',
        'llm.prompts.0.content',
        'traceloop.entity.input',
        'traceloop.entity.output',
      ],
      ...[
        'input.value',
        'output.value',
        'llm.input_messages.0.message.content',
        'llm.output_messages.3.message.contents.0.message_content.text',
      ],
      ...[
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
        'retrieval.documents.0.document.content',
        'llm.prompt_template.variables',
      ],
      ...[
        'ai.prompt',
        'ai.prompt.messages',
        'ai.response.text',
        'ai.response.toolCalls',
        'ai.toolCall.args',
        'ai.toolCall.result',
      ],
      ...[
        'langfuse.observation.input',
        'langfuse.trace.output',
        'langsmith.span.inputs',
        'braintrust.input_json',
        'mlflow.spanInputs',
      ],
    ],
    left: [
      ...[
        'gen_ai.usage.input_tokens',
        'gen_ai.usage.output_tokens',
        'gen_ai.request.model',
        'gen_ai.response.finish_reasons',
        'gen_ai.prompt.name',
      ],
      ...[
        'gen_ai.prompt.0.role',
        'gen_ai.completion.0.finish_reason',
        'gen_ai.tool.name',
        'gen_ai.tool.call.id',
        'gen_ai.operation.name',
        'gen_ai.token.type',
      ],
      ...[
        'llm.model_name',
        'llm.token_count.prompt',
        'llm.input_messages.0.message.role',
        'llm.invocation_parameters',
        'input.mime_type',
      ],
      ...[
        'ai.model.id',
        'ai.usage.promptTokens',
        'ai.response.finishReason',
        'ai.settings.maxRetries',
        'traceloop.span.kind',
        'langfuse.observation.type',
      ],
      ...['exception.message', 'http.route', 'messaging.system'],
    ],
  },
  payments: {
    masked: [
      'card_number',
      'cardNumber',
      'cardnumber',
      'payment.card.number',
      'cvv',
      'card.cvc',
      'iban',
      'bankAccount',
      'accountNumber',
      'sort_code',
      'card_expiry',
      'cardholderName',
      'track2',
      'order.card_exp_month',
    ],
    left: [
      'card_brand',
      'japan',
      'company',
      'payment.id',
      'amount',
      'currency',
      'payment.status',
      'http.route',
      'discard',
      'account.id',
      'span',
      'track.id',
    ],
  },
  pii: {
    masked: [
      'user.email',
      'firstName',
      'last_name',
      'customer.phone',
      'date_of_birth',
      'home_address',
      'passport_number',
      'user.name',
      'client.address',
      'zipCode',
      'latitude',
      'address_line1',
    ],
    left: [
      'service.name',
      'server.address',
      'host.name',
      'user.roles',
      'http.route',
      'email.count',
      'network.transport',
      'url.path',
      'code.function.name',
      'thread.name',
      'deployment.environment.name',
    ],
  },
};

describe.each(Object.entries(table))('the preset %s', (name, { masked, left }) => {
  const masker = createMasker({ extends: name as PresetName });
  const isMasked = (key: string): boolean => masker.attribute(key, 'plain words') === '****';

  test('masks what it says', () => {
    expect(masked.filter((key) => !isMasked(key))).toEqual([]);
  });

  test('leaves what it says', () => {
    expect(left.filter(isMasked)).toEqual([]);
  });
});

describe('the preset payments', () => {
  test('knows gateways and the numbers of cards and accounts', () => {
    const masker = createMasker({ extends: 'payments' });
    expect(masker.text('paid with 4111 1111 1111 1111')).toBe('paid with ****');
    expect(masker.text('to DE89 3704 0044 0532 0130 00')).toBe('to ****');
    expect(masker.sensitiveService({ 'server.address': 'api.stripe.com' })).toEqual({
      service: 'stripe',
      preset: 'payments',
      rule: 'payments:host',
    });
  });
});

describe.each(['aws', 'gcp', 'azure', 'vault'] as const)('the preset %s', (name) => {
  test('touches nothing but spans of its services', () => {
    const masker = createMasker({ extends: name });
    const attributes: Attributes = {
      password: 'x',
      'url.full': 'https://u:p@h.example/',
      note: 'AKIAIOSFODNN7EXAMPLE',
    };
    expect(masker.attributes(attributes)).toBe(attributes);
    expect(
      createMasker({ extends: [] }).sensitiveService({ 'server.address': 'sts.amazonaws.com' }),
    ).toBeUndefined();
  });
});

describe('the preset lumigo', () => {
  test('is its ten patterns and nothing else', () => {
    const masker = createMasker({ extends: 'lumigo' });
    const hit = [
      'my_pass',
      'monkey',
      'SECRET',
      'credentials',
      'passphrase',
      'sessiontoken',
      'X-Amz-Security-Token',
      'signature',
      'authorization',
    ];
    expect(hit.filter((key) => masker.attribute(key, 'v') !== '****')).toEqual([]);
    expect(
      ['token', 'cookie', 'pin', 'session'].filter((key) => masker.attribute(key, 'v') === '****'),
    ).toEqual([]);
    expect(masker.text('a@example.com 4111111111111111')).toBe('a@example.com 4111111111111111');
  });
});
