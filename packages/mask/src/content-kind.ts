/** How the value of an attribute is read, as far as its key tells. */
export interface ContentKind {
  readonly is: 'text' | 'url' | 'query' | 'statement' | 'command' | 'destination' | 'header';
  /** Name of the header in lower case, when it is one. */
  readonly header: string;
  /** How many lines the text can have by its place: a name has one. Absent: no attribute, and its content tells. */
  readonly lines?: 'one' | 'many';
}

const BY_KEY: ReadonlyMap<string, ContentKind['is']> = new Map<string, ContentKind['is']>([
  ['url.full', 'url'],
  ['url.original', 'url'],
  ['url.path', 'url'],
  ['http.url', 'url'],
  ['http.target', 'url'],
  ['url.query', 'query'],
  ['http.query', 'query'],
  ['db.query.text', 'statement'],
  ['db.statement', 'statement'],
  ['db.query.summary', 'statement'],
  ['process.command_args', 'command'],
  ['process.command_line', 'command'],
  ['process.command', 'command'],
  ['container.command', 'command'],
  ['container.command_line', 'command'],
  ['container.command_args', 'command'],
  ['messaging.destination.name', 'destination'],
  ['messaging.destination', 'destination'],
]);
/** Kinds whose text is masked by its place, whatever it holds. */
export const READ_ALWAYS: ReadonlySet<ContentKind['is']> = new Set([
  'statement',
  'command',
  'header',
  'destination',
]);
const HEADER =
  /^(?:http\.(?:request|response)\.header|rpc\.(?:[a-z_]{1,20}\.)?(?:request|response)\.metadata)\.(.{1,100})$/i;
/** Stack traces, statements, documents, bodies, original log records, content of conversations. */
const MANY_LINES =
  /(?:^|[._])(?:stack_?trace|stack|body|payload|(?:record|event)\.original|query\.text|statement|document|graphql\.source|messages|prompt|completion|content|system_instructions|call\.(?:arguments|result)|snippet|source_?code|manifest|stdout|stderr|output)$/i;
/** Namespaces of the conventions whose attributes are names, addresses, identifiers and other words of one line. */
const ONE_LINE =
  /^(?:http|url|server|client|source|destination|network|net|peer|rpc|messaging|db|user_agent|user|enduser|session|service|host|os|process|thread|code|error\.type|exception\.type|faas|cloud|aws|gcp|azure|k8s|container|deployment|telemetry|otel|feature_flag|tls|dns|device|browser|webengine)[._]/;
const TEXT: ContentKind = { is: 'text', header: '' };

/** @param key of an attribute; attacker-controlled. */
export function contentKind(key: string): ContentKind {
  const kind = kindOf(key);
  if (key.length > 200) return { ...kind, lines: 'many' };
  return { ...kind, lines: ONE_LINE.test(`${key}.`) && !MANY_LINES.test(key) ? 'one' : 'many' };
}

function kindOf(key: string): ContentKind {
  const known = BY_KEY.get(key);
  if (known !== undefined) return { is: known, header: '' };
  if (key.length > 200) return TEXT;
  const header = HEADER.exec(key)?.[1];
  if (header !== undefined) return { is: 'header', header: header.toLowerCase().replaceAll('_', '-') };
  return key.endsWith('.url.full') ? { is: 'url', header: '' } : TEXT;
}
