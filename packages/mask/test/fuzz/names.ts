const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Names of secrets, names that look like some, names of nothing secret. */
export const NAMES: readonly string[] = words(`
  password passwd pwd pass passphrase userPassword DB_PASSWORD password_hash PASSWORD Pa\u017fsword \uff50assword
  apiKey api_key x-api-key api-key APIKEY api.key "api%20key" secret client_secret clientSecret secret_key secrets
  token access_token refreshToken id_token tok tokens input_tokens token_type csrf xsrf _csrf authorization Authorization
  auth Proxy-Authorization cookie Set-Cookie session sessionId session_id sid jsessionid connect.sid pin otp cvv cvc code
  authCode oauth_verifier state nonce sig signature X-Amz-Signature X-Amz-Credential credential credentials cred
  privateKey private_key ssh-key key keys keyboard monkey primary_key author hotkey passenger compass bypass
  ssn social_security email phone first_name name address zip card cardNumber card_number ccn iban account pan
  jwt bearer mnemonic seed phrase salt hash license_key licence certificate cert pem pg_pw smtppw rootpwd awsaccesskeyid
  verification_code otpCode one_time_code code_challenge sonar.login bundle_x samlresponse assertion aspxauth
  note id user x tenant_id order kilogram message count url path status note_a drop_me k7 \u212aey to\u212aen
  %70assword pass%77ord \\u0070assword pa\u0073s p%61ss token%5B%5D
`);

/** Words that say nothing. */
export const WORDS: readonly string[] = words(`
  a x the users orders checkout cart GET POST item failed error not found for in at is of select from where value values
  expired missing invalid required unexpected token code main index app server client localhost db example caf\u00e9
  \u4f60\u597d \u043f\u0430\u0440\u043e\u043b\u044c \ud83d\ude00 \u0661\u0662\u0663 null true undefined node_modules/@scope Mozilla/5.0 v1.2.3 use type your
  datadog stripe github slack curl wget psql mysql redis s3 kind reset verify invite login join link secretary
`);

/** Attribute keys of every kind of content, and keys that a rule hits. */
export const KEYS: readonly string[] = words(`
  note message note.text url.full url.full http.url http.target url.query url.path http.query db.query.text db.statement
  db.statement process.command_args process.command_line http.request.header.cookie http.request.header.authorization
  http.request.header.x-a http.response.header.set-cookie http.request.header.referer messaging.destination.name
  exception.message exception.stacktrace http.request.body log.record.original gen_ai.input.messages rpc.request.metadata.k
  server.address password user.email api_key tokens gen_ai.usage.input_tokens x __proto__ a%20password=x drop_me k7 a.url.full
`);
