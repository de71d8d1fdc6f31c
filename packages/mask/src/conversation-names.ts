import type { NamePlace } from './content-rules.js';

// Content of conversations with models: prompts, answers, arguments and results of tools, retrieved documents. Names of
// models, roles, finish reasons, counts of tokens and settings are not on the list.

/** Globs on names, by the convention or the instrumentation that writes them. */
export const conversationGlobs: readonly string[] = [
  // OpenTelemetry, now and before 1.37.
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.tool.message',
  'gen_ai.evaluation.explanation',
  'gen_ai.retrieval.documents',
  'gen_ai.retrieval.query.text',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
  'gen_ai.event.content',
  'gen_ai.request.messages',
  'gen_ai.response.messages',
  'gen_ai.user.message*',
  'gen_ai.assistant.message*',
  'gen_ai.system.message*',
  'gen_ai.choice',
  'gen_ai.choice.*message*',
  // OpenLLMetry.
  'gen_ai.prompt.*.content*',
  'gen_ai.completion.*.content*',
  'gen_ai.*.tool_calls.*.arguments',
  'gen_ai.*.function_call.arguments',
  'llm.prompts',
  'llm.prompts.*.content*',
  'llm.completions',
  'llm.completions.*.content*',
  'llm.*.tool_calls.*.arguments',
  'llm.*.function_call.arguments',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'traceloop.prompt.template*',
  // OpenInference.
  'input.value',
  'output.value',
  'llm.input_messages',
  'llm.output_messages',
  'llm.*messages.*.content',
  'llm.*messages.*.message_content.*',
  'llm.*messages.*arguments*',
  'llm.prompts.*.prompt.text',
  'llm.choices.*.completion.text',
  'llm.function_call',
  'llm.prompt_template.template',
  'llm.prompt_template.variables',
  'message.content',
  'message.contents*',
  'message.function_call_arguments_json',
  'tool_call.function.arguments',
  'retrieval.documents*.content',
  'reranker.*documents*.content',
  'reranker.query',
  'embedding.*text',
  'document.content',
  // Vercel AI SDK.
  'ai.prompt',
  'ai.prompt.*',
  'ai.response.text',
  'ai.response.object',
  'ai.response.reasoning',
  'ai.response.files',
  'ai.response.toolCalls',
  'ai.result.text',
  'ai.result.object',
  'ai.result.toolCalls',
  'ai.toolCall.args',
  'ai.toolCall.result',
  'ai.value',
  'ai.values',
  // LangSmith, Langfuse, Braintrust, MLflow, Pydantic AI, Haystack.
  'langsmith.*input*',
  'langsmith.*output*',
  'langfuse.trace.input',
  'langfuse.trace.output',
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.prompt',
  'braintrust.input*',
  'braintrust.output*',
  'mlflow.spanInputs',
  'mlflow.spanOutputs',
  'pydantic_ai.all_messages',
  'all_messages_events',
  'tool_arguments',
  'tool_response',
  'haystack.component.input',
  'haystack.component.output',
];

/** What the events `gen_ai.user.message`, `gen_ai.choice` … call their bodies, at the top level alone. */
const EVENT_BODIES: ReadonlySet<string> = new Set(['content', 'message', 'tool_calls']);

/** The rule of the preset `genai` for the bare names of event bodies. */
export function conversationNameRule(name: string, place: NamePlace): string | undefined {
  return place === 'attribute' && EVENT_BODIES.has(name) ? 'event-body' : undefined;
}
