/** A text in which `$s` stands for the secret, and what the secret looks like. */
export type CanaryContent = readonly [text: string, secret: SecretShape];

/**
 * `letters`: a word that only its place makes a secret. `mixed`: letters and digits, as tokens have. The others are known by
 * their own form.
 */
export type SecretShape =
  | 'letters'
  | 'mixed'
  | 'hex'
  | 'base64'
  | 'aws-key'
  | 'card'
  | 'email'
  | 'iban'
  | 'jwt'
  | 'github'
  | 'stripe'
  | 'npm'
  | 'pem';

const contents = {
  'aws-key': ['$s', 'aws-key'],
  card: ['$s', 'card'],
  'card in text': ['paid with $s today', 'card'],
  email: ['$s', 'email'],
  'email in text': ['no user <$s> found', 'email'],
  iban: ['to account $s', 'iban'],
  jwt: ['$s', 'jwt'],
  'GitHub token': ['$s', 'github'],
  'Stripe key': ['charge failed with $s', 'stripe'],
  'npm token': ['//registry.npmjs.org/ uses $s', 'npm'],
  'PEM key': ['-----BEGIN PRIVATE KEY-----\n$s\n-----END PRIVATE KEY-----', 'pem'],
  'AWS secret key': ['aws_secret_access_key = $s', 'base64'],
  bearer: ['Bearer $s', 'mixed'],
  assignment: ['login failed password=$s', 'letters'],
  'quoted assignment': ["login failed, password = '$s'", 'letters'],
  'hidden assignment': ['login failed %70assword=$s', 'letters'],
  'parted name': ['login failed pass\u200bword=$s', 'letters'],
  'colon assignment': ['login failed password: $s', 'letters'],
  prose: ['the password is $s', 'mixed'],
  'JSON member': ['{"password":"$s"}', 'letters'],
  'nested JSON member': ['{"user":{"name":"joe","apiKey":["$s"]}}', 'letters'],
  'escaped JSON': ['sent {\\"client_secret\\":\\"$s\\"}', 'letters'],
  'JSON in JSON': ['{"body":"{\\"password\\":\\"$s\\"}"}', 'letters'],
  'cut off JSON': ['{"id":1,"password":"$s', 'letters'],
  'JSON sibling': ['{"name":"password","value":"$s"}', 'letters'],
  'JSON of escapes': ['{"\\u0070assword":"$s"}', 'letters'],
  'object of JavaScript': ["{ user: 'joe', password: '$s' }", 'letters'],
  'URL query': ['https://shop.example/login?id=1&access_token=$s', 'letters'],
  'URL userinfo': ['postgres://app:$s@db.example:5432/shop', 'letters'],
  'URL path': ['https://shop.example/reset-password/$s', 'hex'],
  'path with query': ['GET /login?password=$s HTTP/1.1', 'letters'],
  'form body': ['grant_type=password&username=joe&password=$s', 'letters'],
  'encoded form': ['data=%7B%22password%22%3A%22$s%22%7D', 'letters'],
  multipart: ['--x1y2\r\nContent-Disposition: form-data; name="password"\r\n\r\n$s\r\n--x1y2--', 'letters'],
  'API key header': ['X-Api-Key: $s', 'letters'],
  'bearer header': ['Authorization: Bearer $s', 'mixed'],
  'basic header': ['Authorization: Basic $s', 'mixed'],
  'digest header': ['Authorization: Digest username="joe", response="$s"', 'letters'],
  cookie: ['Cookie: theme=1; sessionid=$s', 'letters'],
  'set cookie': ['Set-Cookie: sid=$s; Path=/; HttpOnly', 'letters'],
  'SQL literal': ["SELECT id FROM users WHERE name = '$s'", 'letters'],
  'SQL insert': ["INSERT INTO users (name, pin) VALUES ('joe', '$s')", 'letters'],
  'SQL password': ["ALTER USER joe IDENTIFIED BY '$s'", 'letters'],
  'database message': ['duplicate key value violates "k": Key (name)=($s) already exists.', 'letters'],
  'Redis AUTH': ['sent HELLO 3 AUTH joe $s', 'letters'],
  'Redis ACL': ['ACL SETUSER joe on >$s', 'letters'],
  'command option': ['deploy --password $s --force', 'letters'],
  'command of MySQL': ['ran mysql -uroot -p$s -h db', 'letters'],
  'command of curl': ['curl -u joe:$s https://shop.example', 'letters'],
  environment: ['export DB_PASSWORD=$s && ./start', 'letters'],
  'connection string': ['Server=db;User Id=sa;Password=$s;Encrypt=yes', 'letters'],
  'storage connection string': ['AccountName=shop;AccountKey=$s;EndpointSuffix=x', 'base64'],
  'XML element': ['<login><password>$s</password></login>', 'letters'],
  'XML attribute': ['<add key="password" value="$s"/>', 'letters'],
  CDATA: ['<password><![CDATA[$s]]></password>', 'letters'],
  YAML: ['db:\n  password: $s\n  port: 1\n', 'letters'],
  'stack trace': [
    'Error: password=$s\n    at login (/app/login.js:1:2)\n    at main (/app/main.js:3:4)',
    'letters',
  ],
  'GraphQL argument': ['mutation { login(user: "joe", password: "$s") { id } }', 'letters'],
} as const;

/** A kind of {@link canaryContents}. */
export type CanaryKind = keyof typeof contents;

/** Kinds of content with a secret in them: each is something that the default policy masks wherever it stands. */
export const canaryContents: Readonly<Record<CanaryKind, CanaryContent>> = contents;

/** Every kind of content that a canary comes in. */
export const canaryKinds: readonly CanaryKind[] = Object.keys(canaryContents) as CanaryKind[];

/**
 * Whether the W3C trace state can carry the content: printable ASCII without ',' and '='.
 * https://www.w3.org/TR/trace-context/#value
 */
export function fitsTraceState(kind: CanaryKind): boolean {
  return /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]*$/.test(canaryContents[kind][0]);
}
