import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// What stands beside the name of a secret is often code that gets it, or says where it goes. The real ones beside them go.

const masker = createMasker();

describe('code that gets a secret stays', () => {
  test.each([
    'const token = getToken();',
    'password = os.environ["DB_PASSWORD"]',
    'password = os.getenv("DB_PASSWORD")',
    "password: config.get('db.password')",
    'password = getpass.getpass()',
    "password = request.form['password']",
    'this.password = password;',
    'password = req.body.password',
    'password: z.string().min(8)',
    'token = jwt.sign(payload, key)',
    'signature: (a, b) => void',
    'password=$(cat /run/secrets/db)',
    `password: \${{ secrets.DB_PASSWORD }}`,
    'password: !Ref DBPassword',
    'ssl_key=/etc/ssl/private/server.key',
    'secretKeyRef: {name: db, key: db-pass}',
    "password = request.json_body['password']",
    'login(user=user, password=password)',
    'const password = await bcrypt.hash(plain, 10);',
    'String token = request.getHeader("Authorization");',
    'def login(user: str, password: str) -> User:',
    'fn verify(token: &str) -> bool',
    '+ password = (known after apply)',
    'password = Rails.application.credentials.db_password',
    'imagePullSecrets: [{name: regcred}]',
    'if p.tok == token.TILDE {',
    'return self.secret == other.secret',
    "elif key == 'home':",
    "if (typeof _password === 'string')",
    'binderKey: binderKey,',
    'HTTPHostKey: semconv.HTTPHostKey,',
    'self._skipkeys = skipkeys',
    'DeviceIDKey = attribute.Key("device.id")',
    'token := r.Header.Get("X-Token")',
    'signature := make([]byte, 64)',
    'session.secret = hs.masterSecret',
    'token = strtok(line, ",")',
    'all_keys = set(self.keys())',
    'cookies = append(cookies, &Cookie{Name: name, Value: value})',
    'password = ask_password("Password: ")',
    'oidSignatureRSAPSS = asn1.ObjectIdentifier{1, 2, 840, 113549}',
    'keyMaterial = keyMaterial[keyLen:]',
    'pqNewPrivateKey: func(data []byte) (crypto.Decapsulator, error) {',
    'return ecdh.GenerateKey(ecdh.P256(), r)',
    'masterSecret *tls13.MasterSecret',
    'export function setCookie (headers: Headers, cookie: Cookie): void',
    'sharedKey: CryptoKey;',
    'const ENGINE_METHOD_PKEY_METHS: number;',
    'p.meters[key] = meter',
    'errors.New("a: failed to parse EC private key: " + err.Error())',
    "resp = sendcmd('PASS ' + passwd)",
    'console.log("not available in cache for key ".concat(key))',
    'x := &aesCBC{key: &c.enc, mode: x}',
    'dump(value, skipkeys=skipkeys, sort_keys=sort_keys)',
    '| `CloudfoundryAppIDKey` | `CloudFoundryAppIDKey` |',
    'earlySecret = tls13.NewEarlySecret(hs.suite.hash.New, session.secret)',
    'errInvalidCookie = errors.New("http: invalid cookie value")',
    'auth := r.Header.Get("Authorization")',
    "if key == 'prefix' and sys.prefix != value:",
    'telegram_api_token = "<xsd:element name="AgencyCode" type="clm39118:AgencyCode"/>"',
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });

  test.each([
    'password = hash("swordfish")',
    'password = hashlib.sha256("swordfish")',
    'token = jwt.encode("sword.fish", "swordfish")',
    'password = john.swordfish',
    'password = sw0rdfish9XZq8LmTv(abc)',
    'password: my.swordfish.secret',
    'token = sw0rdfish9X.TOKEN',
    'password=password,swordfish',
    'password: "+ swordfish"',
    'if password == "swordfish":',
    'if [ $PASSWORD == sw0rdfish9X ]; then',
    "if key == 'sw0rdfish9X':",
    'password: Swordfish9swordfish,',
    'password: swordfish;',
    'params[password]=swordfish',
    "user['password'] = 'swordfish'",
    'password = get("sw0rdfish9X")',
    'password = getenv("DB_PASSWORD", "swordfish")',
    'password=abc(swordfish)',
    'password=john.swordfish',
    'password=$(echo swordfish)',
    'password: !!str swordfish',
    'password=/swordfish',
    'password=env.sw0rdfish9X',
    'secret=/tmp/sw0rdfishK7MDENGbPxRfiCYzzzzLLKEYQ',
    'Driver={x};Pwd={swordfish};',
  ])('%s holds one', (text) => {
    expect(masker.text(text)).not.toContain('swordfish');
    expect(masker.text(text)).not.toContain('sw0rdfish');
  });
});

test.each([
  ["password='prefix' and sys.prefix", "password='****' and sys.prefix"],
  ["password='pref1xQ9' and sys.pref1xQ9", "password='****' and sys.****"],
])('a word of letters is not looked for in the rest of the text: %s', (text, masked) => {
  expect(masker.text(text)).toBe(masked);
});

describe('what says that a secret goes there stays', () => {
  test.each([
    'api_key=YOUR_API_KEY',
    'apiKey: "<your-api-key>"',
    'password: •••••',
    'password=xxx',
    'key = AKIAXXXXXXXXXXXXXXXX',
    `token="glc_${'1'.repeat(40)}="`,
    `password: "{{ lookup('env','DB_PASSWORD') }}"`,
    'api_key="your-api-key-here"',
    'token: your-token',
    'password=changeme',
    'password: replace_me',
    'https://h.example/x?access_token=ACCESS_TOKEN',
    '<add key="ClearTextPassword" value="%TestSourcePassword%" />',
    `<password>\${PASSWORD}</password>`,
    '<add key="ClearTextPassword" value="XXXXXXXXXXX" />',
    '"token2": "xoxp-XXXXXXXXXX-XXXXXXXXXX-XXXXXXXXXXX-XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"',
    '"token4": "xoxp-572370529330-573807301142-572331691188-####################"',
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });

  test.each(['$ecretword', '@dminhome', ':ohnoone', 'yourmother', 'CORRECT_HORSE', 'changed'])(
    '%s is a password',
    (password) => {
      expect(masker.text(`password=${password}`)).toBe('password=****');
    },
  );

  test('but not under a name that a policy names itself, in JSON', () => {
    const own = createMasker({ extends: [], keys: ['^note$'] });
    expect(own.text('{"note":"changeme"}')).toBe('{"note":"****"}');
    expect(own.text(`{"note":"\${NOTE}"}`)).toBe('{"note":"****"}');
  });
});
