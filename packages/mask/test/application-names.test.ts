import { expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';

// Names as applications write them in many languages and habits. Which are secrets' is decided conservatively.

const masker = createMasker();
const isMasked = (name: string): boolean => masker.attribute(name, 'zz top') === '****';
const names = (text: string): readonly string[] => text.trim().split(/\s+/);

const SECRETS = names(`
  securitycode securityCode security_code card_security_code cardsecuritycode verificationcode
  verificationCode verification-code authcode auth_code authorization_code accesscode accessCode
  access_code smscode sms_code otpcode otpCode onetimecode one_time_code one_time_password
  oneTimePassword passcode pass_code userpwd db_pwd dbpwd DB_PWD newpwd loginpwd userpin cardpin
  card_pin atm_pin pinCode PIN pin_number sessionkey session_key sessionToken session_token
  sessioncookie auth_cookie authCookie set-cookie Cookie x-csrf-token X-XSRF-TOKEN csrfmiddlewaretoken
  _csrf csrf xsrf clientsecret client-secret CLIENT_SECRET app_secret appSecret consumerSecret
  consumer_key consumerKey oauth_consumer_key oauth_token oauth_token_secret oauth_signature
  oauth_verifier bearerToken bearer_token idToken id_token refresh-token refresh_token access-token
  accesstoken accessToken x-access-token X-Auth-Token X-Api-Key x-api-key apikey ApiKey API_KEY
  api-key api.key x-functions-key ocp-apim-subscription-key Ocp-Apim-Subscription-Key subscriptionKey
  x-goog-api-key x-vault-token X-Vault-Token X-Amz-Security-Token x-amz-signature AWSAccessKeyId
  aws_access_key_id AWS_ACCESS_KEY_ID aws_secret_access_key AWS_SESSION_TOKEN secretAccessKey
  SecretAccessKey private_key privateKey PRIVATE-KEY private_key_pem privatekey rsa_private_key
  ssh_key ssh_private_key sshKey tls.key tls_key ssl_key ssl.key.password keystore_password
  keyStorePassword trustStorePassword javax.net.ssl.trustStorePassword spring.datasource.password
  spring.redis.password jdbc.password hibernate.connection.password mail.smtp.password smtp_password
  smtpPass smtp_pass SMTP_PASS ftp_password ftpPassword redis_password REDISCLI_AUTH PGPASSWORD
  MYSQL_PWD MYSQL_ROOT_PASSWORD POSTGRES_PASSWORD MONGO_PASSWORD RABBITMQ_DEFAULT_PASS rabbitmq_pass
  DATABASE_PASSWORD db_password db.password dbPassword db_pass dbPass root_password rootPassword
  admin_password adminPass userPassword user_password password1 password2 password_confirmation
  passwordConfirm confirm_password confirmPassword currentPassword old_password newPassword passphrase
  pass_phrase Passphrase encryption_key encryptionKey ENCRYPTION_KEY decryptionKey signing_key
  signingKey signing_secret SLACK_SIGNING_SECRET webhook_secret webhookSecret STRIPE_SECRET_KEY
  stripe_webhook_secret stripeKey GITHUB_TOKEN github_token gh_token GH_TOKEN gitlab_token NPM_TOKEN
  npm_token DOCKER_PASSWORD docker_auth DOCKER_AUTH_CONFIG SECRET_KEY_BASE secret_key_base SECRET_KEY
  secretKey secret_key DJANGO_SECRET_KEY APP_KEY app_key appKey master_key masterKey RAILS_MASTER_KEY
  jwt_secret JWT_SECRET jwtSecret jwt jwt_token jwtToken token Token TOKEN auth_token authToken
  authentication_token authenticationToken csrfToken userToken user_token deviceToken device_token
  pushToken push_token fcm_token fcmToken registrationToken resetToken reset_token
  password_reset_token verification_token confirmation_token invite_token inviteToken magic_token
  magicLinkToken unsubscribe_token download_token share_token personal_access_token
  personalAccessToken pat_token api_token apiToken API_TOKEN bot_token botToken telegram_bot_token
  TELEGRAM_TOKEN hf_token HF_TOKEN OPENAI_API_KEY openai_key ANTHROPIC_API_KEY datadog_api_key
  DD_API_KEY DD_APP_KEY NEW_RELIC_LICENSE_KEY license_key licenseKey licence_key SENTRY_AUTH_TOKEN
  sendgrid_api_key SENDGRID_KEY twilio_auth_token TWILIO_AUTH_TOKEN account_key AccountKey accountKey
  SharedAccessKey SharedAccessSignature sharedAccessKey sas_token sasToken storageAccountKey
  azure_storage_key connectionString_password credentials credential creds aws_credentials
  google_application_credentials_json basic_auth basicAuth http_basic_auth Authorization authorization
  proxy-authorization Proxy-Authorization x-authorization kms_plaintext_key data_key dataKey
  wrapped_key cvv cvc cvv2 card.cvv cardCvv cvvCode card_number cardNumber cardnumber card-number
  creditCard creditcardnumber credit_card_number ccNumber cc_number ccnum cc_num pan card_pan
  primary_account_number ssn SSN social_security_number socialSecurityNumber socialsecuritynumber
  userSsn user_ssn mnemonic seed_phrase seedPhrase recovery_code recoveryCodes recovery_codes
  backup_codes totp_secret totpSecret mfa_code mfaCode mfa_secret two_factor_code twoFactorCode
  2fa_code otp otp_code hotp_seed pin user.pin hmac_key hmacKey hmac_secret cookie_secret
  COOKIE_SECRET session_secret SESSION_SECRET sessionSecret salt_key crypto_key cipher_key cipherKey
  aes_key aesKey des_key rsa_key rsaKey pgp_key gpg_key gpg_private_key deploy_key deployKey
  service_account_key serviceAccountKey firebase_key firebaseApiKey google_api_key maps_api_key
  mapbox_token algolia_api_key algoliaAdminKey cloudinary_api_secret PUSHER_APP_SECRET consumer.secret
  SAMLResponse client_assertion code_verifier codeVerifier webauthn_challenge_secret vault_token
  vaultToken VAULT_TOKEN consul_token CONSUL_HTTP_TOKEN nomad_token k8s_token kube_token bearer
  unlock_code pairing_code activation_code invitation_code passwordHash password_hash hashed_password
  passwordSalt kennwort passwort Passwort contraseña mot_de_passe motdepasse senha heslo wachtwoord
  lösenord
`);

const HARMLESS = names(`
  session.id sessionId session_id sessionid user.id userId user_id username user_name author authors
  authority authorId co_author author_name authenticated is_authenticated authentication_method
  authenticationType auth_type auth_method authProvider auth_provider auth.method auth_mode
  auth_enabled auth_required authorization_enabled authz_decision authorized authorizer
  authorizationUrl authorization_endpoint authorize_url monkey donkey turkey keyboard keyboard_layout
  keyboardType keyword keywords searchKeyword keyframe hotkey hotkeys shortcut_key primary_key
  primaryKey primary-key foreign_key foreignKey partition_key partitionKey sort_key sortKey hash_key
  hashKey range_key rangeKey row_key rowKey cache_key cacheKey cachekey cache.key redis.key redis_key
  redisKey routing_key routingKey message_key messageKey message.key kafka.key ordering_key dedup_key
  dedupKey deduplication_key idempotency_key idempotencyKey Idempotency-Key idempotency-key
  feature_flag_key flag_key flagKey feature_key config_key configKey settings_key setting_key map_key
  mapKey object_key objectKey s3_key s3Key s3.key file_key fileKey blob_key document_key node_key
  tree_key group_key groupKey index_key indexKey lookup_key lookupKey label_key tag_key tagKey
  translation_key translationKey i18n_key i18nKey locale_key metric_key event_key eventKey project_key
  projectKey issue_key issueKey jira_issue_key board_key sonar.projectKey public_key publicKey
  PUBLIC_KEY ssh_public_key publishable_key stripe_publishable_key key keys Key key_name keyName
  key_id keyId kms_key_id kms_key_arn kmsKeyArn keyArn key_arn key_type keyType key_size key_length
  keyLength key_usage key_version keyVersion key_alias keyAlias key_count keyCount keys_count num_keys
  numKeys key_prefix keyPrefix keyspace key_space db.cassandra.keyspace keystore keystore_path
  keystore_type keychain keyring KeyVault keyvault_name key_vault_url key_schema
  key_condition_expression KeyConditionExpression aws.dynamodb.key aws.dynamodb.key_schema react_key
  element_key react.key jsx_key component_key widget_key keyCode keycode key_code keydown keyup
  onKeyPress keypress keyEvent keystroke key_binding keymap tokens token_count tokenCount num_tokens
  numTokens max_tokens maxTokens max_new_tokens total_tokens totalTokens prompt_tokens promptTokens
  completion_tokens completionTokens input_tokens output_tokens cached_tokens reasoning_tokens
  tokens_used tokens_per_second tokensPerSecond token_usage tokenUsage token_limit tokenLimit
  token_type tokenType token_ttl token_expiry tokenExpiry token_expires_at tokenExpiresAt token_issuer
  token_endpoint tokenEndpoint token_url tokenUrl token_uri tokenizer tokenizer_name tokenization
  has_token hasToken is_token_valid token_valid tokenValid token_status token_provider token_id
  token_bucket tokenBucket nft_token_symbol password_policy passwordPolicy password_strength
  password_length passwordLength password_changed_at passwordChangedAt password_expires
  password_expired password_reset_at password_required passwordless password_attempts is_password_set
  passwordMinLength pass_count passCount passed passes passing test_pass pass_rate pass_fail
  pass_through passthrough passenger passenger_count passengers passengerName boarding_pass bypass
  bypass_cache by_pass compass compassion secret_name secretName secret_arn secretArn secret_version
  secretVersion secrets_manager secretsManager secret_count secret_path secret_store
  secret_rotation_enabled secretary credential_type credentialType credentials_provider
  credentialsProvider credential_source credentials_id credentials_expired signature_version
  signatureVersion signature_algorithm signatureAlgorithm method_signature methodSignature
  function_signature cookie_policy cookie_consent cookieConsent cookie_name cookieName cookie_domain
  cookies_enabled cookies_accepted cookieBanner jwt_issuer jwt.issuer jwt_audience jwt_expiry
  csrf_enabled xsrf_cookie_name otp_enabled mfa_enabled mfa_required mfa_method two_factor_enabled
  pin_count pinned pinning is_pinned pinterest pinterest_id pinned_at spin spinner ping ping_time
  opinion shipping shipping_method mapping code status_code statusCode error_code errorCode http_code
  response_code exit_code exitCode country_code countryCode zip_code zipCode postal_code postalCode
  postcode area_code currency_code currencyCode language_code lang_code locale_code product_code
  productCode promo_code coupon_code discount_code sku_code bar_code barcode qr_code qrcode
  code.function code.filepath code.lineno code.namespace code_path source_code class_code reason_code
  card_type cardType card_brand cardBrand card_count card_id cardId card_holder_name card_last4
  card.last4 cardLast4 last4 dashboard_card card_title business_card_id social social_media
  social_network social_login pan_x pan_zoom pan_gesture japan company expand span span_id panel lapan
  seed random_seed rng_seed seed_data seeds seeder salt_ratio nonce certificate certificate_arn
  cert_expiry tls.client.certificate tls.client.hash.sha256 tls.client.subject tls.server.issuer
  tls.cipher ssl_enabled ssl_version ssl_cert_path ssh_port ssh_host ssl_verify signed
  signed_url_expiry signed_at design designer assignee sign_in signin_count signup sign_up_date signal
  license licence license_type driver_license_type licenseName hash hash_algorithm commit_hash
  git_hash file_hash content_hash sha256 checksum digest etag md5 client_id clientId CLIENT_ID app_id
  appId tenant_id tenantId account_id accountId accountNumber customer_id customerId order_id orderId
  request_id requestId correlation_id trace_id traceparent tracestate x-request-id x-correlation-id
  x-amzn-trace-id x-b3-traceid api_version apiVersion api_name api_url apiUrl api.endpoint api_gateway
  api_id apiId api_method apiMethod host hostname access_level accessLevel access_type access_log
  access_count access_time accessed_at access_granted accessibility accessor access_id access_method
  accessMode last_access user_access access_policy data_access authn_method authorization.policy
  aspnetcore.authorization.policy aspnetcore.identity.password_check_result
  aspnetcore.identity.token_purpose sec-websocket-key sec-websocket-protocol content-security-policy
  www-authenticate x-frame-options public_token bearer_format bearer_count hosted-key-count
  monkey_patch whiskey tokenized_text lexer_tokens ast_tokens parsed_tokens
`);

test('a name of a secret is masked, however it is written', () => {
  expect(SECRETS.length).toBeGreaterThan(390);
  expect(SECRETS.filter((name) => !isMasked(name))).toEqual([]);
});

test('a name that only sounds like one is kept', () => {
  expect(HARMLESS.length).toBeGreaterThan(530);
  expect(HARMLESS.filter(isMasked)).toEqual([]);
});
