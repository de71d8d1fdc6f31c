/** How the value of an attribute is read, as far as its key tells. */
export interface ContentKind {
  readonly is: 'text' | 'url' | 'query' | 'statement' | 'command' | 'destination' | 'header';
  /** Name of the header in lower case, when it is one. */
  readonly header: string;
  /** How many lines the text can have by its place: a stack trace many, a name one. Absent: its content tells. */
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
const HEADER =
  /^(?:http\.(?:request|response)\.header|rpc\.(?:[a-z_]{1,20}\.)?(?:request|response)\.metadata)\.(.{1,100})$/i;
/** Stack traces, statements, documents, bodies, original log records, content of conversations. */
const MANY_LINES =
  /(?:^|[._])(?:stack_?trace|stack|body|payload|(?:record|event)\.original|query\.text|statement|document|graphql\.source|messages|prompt|completion|content|system_instructions|call\.(?:arguments|result))$/i;
const TEXT: ContentKind = { is: 'text', header: '' };

/** @param key of an attribute; attacker-controlled. */
export function contentKind(key: string): ContentKind {
  const kind = kindOf(key);
  return key.length <= 200 && MANY_LINES.test(key) ? { ...kind, lines: 'many' } : kind;
}

function kindOf(key: string): ContentKind {
  const known = BY_KEY.get(key);
  if (known !== undefined) return { is: known, header: '' };
  if (key.length > 200) return TEXT;
  const header = HEADER.exec(key)?.[1];
  if (header !== undefined) return { is: 'header', header: header.toLowerCase().replaceAll('_', '-') };
  return key.endsWith('.url.full') ? { is: 'url', header: '' } : TEXT;
}
