import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// Commands of secret stores and registries, what a shell feeds to a program, and what only tells where a secret is.

const masker = createMasker();
const SECRET = 'swordfish';
const TOKEN = 'Zq8LmTvWnR4kPy7xBd3F';

const wordsOf = (text: string): string[] => text.split(' ');

describe('a command is given a secret', () => {
  test.each([
    'az keyvault secret set --vault-name v --name n --value swordfish',
    'az sql server create -u admin -p swordfish -n s',
    'aws ssm put-parameter --name /p --type SecureString --value swordfish',
    'aws secretsmanager create-secret --name n --secret-string swordfish',
    'vault kv put secret/app db=swordfish',
    'gh secret set DEPLOY --body swordfish',
    'fly secrets set STRIPE=swordfish',
    'mc alias set m http://h:9000 minio swordfish',
    'mc admin user add m bob swordfish',
    'pulumi config set --secret dbUser swordfish',
    'etcdctl put /app/db_password swordfish',
    'consul kv put app/password swordfish',
    'setx DB_PASSWORD swordfish',
    'poetry config http-basic.r u swordfish',
    'composer config http-basic.repo.x u swordfish',
    'poetry publish -u u -p swordfish',
    'oc login -u developer -p swordfish https://api:6443',
    'helm registry login r -u bob -p swordfish',
    'crane auth login r -u bob -p swordfish',
    'oras login r -u bob -p swordfish',
    'isql -U sa -P swordfish -S srv',
    'mongo admin -u root -pswordfish',
    'valkey-cli -a swordfish ping',
    'redis-cli CONFIG SET requirepass swordfish',
    'cypher-shell -u neo4j -p swordfish',
    'beeline -u jdbc:hive2://h:10000 -n u -p swordfish',
    'vsql -U dbadmin -w swordfish',
    'curl --cert client.pem:swordfish https://x.example',
    'curl -E client.p12:swordfish https://x.example',
    'ab -A bob:swordfish https://x.example/',
    'openssl passwd -6 swordfish',
    'openssl passwd -1 -salt xx swordfish',
    'openssl dgst -sha256 -hmac swordfish f',
    'zip -re -Pswordfish a.zip f',
    'smbclient //h/s swordfish -U bob',
    'rclone obscure swordfish',
    'rclone config create r sftp host h user u pass swordfish',
    'salt web shadow.set_password bob swordfish',
    'agent --PaSsWoRd=swordfish',
    'signtool sign /f c.pfx /p swordfish a.exe',
    'aws configure set aws_secret_access_key swordfish',
    'bao kv put secret/app x=swordfish',
    'bw unlock swordfish',
    'oc login -u=dev -p=swordfish',
    'setx /M API_KEY swordfish',
    'supabase secrets set KEY=swordfish',
    'databricks secrets put-secret s k --string-value swordfish',
    'cypher-shell -u neo4j -pswordfish',
  ])('%s', (text) => {
    const [line, words] = [
      masker.attribute('process.command_line', text),
      masker.attribute('process.command_args', wordsOf(text)),
    ];
    for (const masked of [line, masker.text(`Command failed: ${text}`), JSON.stringify(words)])
      expect(masked).not.toContain(SECRET);
    expect(masker.attribute('process.command_line', line)).toBe(line);
    expect(masker.attribute('process.command_args', words)).toBe(words);
  });

  test.each([
    'npm config set //registry.npmjs.org/:_authToken',
    'ngrok authtoken',
    'ngrok config add-authtoken',
    'snyk auth',
    'cargo login',
    'nuget push p.nupkg',
    'nuget setapikey',
    'doctl auth init -t',
    'poetry config pypi-token.pypi',
    'acme authtoken',
    'heroku config:set STRIPE=',
  ])('%s TOKEN', (text) => {
    const command = text.endsWith('=') ? text + TOKEN : `${text} ${TOKEN}`;
    expect(masker.attribute('process.command_line', command)).not.toContain(TOKEN);
    expect(masker.attribute('process.command_args', wordsOf(command))).not.toContainEqual(
      expect.stringContaining(TOKEN),
    );
    expect(masker.text(`+ ${command}`)).not.toContain(TOKEN);
  });

  test('a word that is a command itself is read as one', () => {
    const words = ['lftp', '-e', 'open -u bob,swordfish h'];
    expect(masker.attribute('process.command_args', words)).toEqual(['lftp', '-e', 'open -u bob,**** h']);
  });

  test('the name of what is set stays', () => {
    expect(masker.attribute('process.command_line', 'pulumi config set --secret dbUser swordfish')).toBe(
      'pulumi config set --secret dbUser ****',
    );
    expect(
      masker.attribute('process.command_args', ['mc', 'alias', 'set', 'm', 'http://h', 'u', 'x9']),
    ).toEqual(['mc', 'alias', 'set', 'm', 'http://h', 'u', '****']);
  });
});

describe('a command line loses what any text would', () => {
  test.each([
    `psql -c "ALTER ROLE app PASSWORD 'swordfish'"`,
    `sudo -u postgres psql -c "ALTER ROLE app PASSWORD 'swordfish'"`,
    `kubectl exec -it db-0 -- psql -c "CREATE USER app WITH PASSWORD 'swordfish'"`,
    `psql -c "INSERT INTO users (name,password) VALUES ('a','swordfish')"`,
    `cat <<EOF | mysql -u root\nALTER USER root IDENTIFIED BY 'swordfish';\nEOF`,
    'tee /etc/x.conf <<EOF\npassword = swordfish\nEOF',
    "agent --password:'Data Source swordfish'",
    'pwsh -c "New-LocalUser bob -Password (ConvertTo-SecureString -String swordfish -AsPlainText -Force)"',
  ])('%s', (text) => {
    for (const key of ['process.command_line', 'process.command']) {
      const masked = masker.attribute(key, text);
      expect(masked).not.toContain(SECRET);
      expect(masker.attribute(key, masked)).toBe(masked);
    }
  });
});

describe('what a shell feeds to a program that reads a secret goes', () => {
  test.each([
    [
      'echo swordfish | docker login -u bob --password-stdin',
      'echo **** | docker login -u bob --password-stdin',
    ],
    ['echo "swordfish" | sudo -S apt update', 'echo "****" | sudo -S apt update'],
    ['echo "bob:swordfish" | chpasswd', 'echo "****" | chpasswd'],
    ['printf swordfish | docker secret create x -', 'printf **** | docker secret create x -'],
    ["printf '%s' swordfish | docker secret create x -", "printf '%s' **** | docker secret create x -"],
    ['kinit bob <<< swordfish', 'kinit bob <<< ****'],
    ['gh auth login --with-token <<< swordfish', 'gh auth login --with-token <<< ****'],
    [
      'cryptsetup luksOpen --key-file=- d n <<< "swordfish"',
      'cryptsetup luksOpen --key-file=- d n <<< "****"',
    ],
    ['echo "swordfish" | npx wrangler secret put API', 'echo "****" | npx wrangler secret put API'],
    ['glab auth login --stdin <<< swordfish', 'glab auth login --stdin <<< ****'],
    ['wg set wg0 private-key <(echo swordfish)', 'wg set wg0 private-key <(echo ****)'],
    ['lftp -e "open -u bob,swordfish h"', 'lftp -e "open -u bob,**** h"'],
  ])('%s', (text, masked) => {
    expect(masker.attribute('process.command_line', text)).toBe(masked);
    expect(masker.attribute('process.command_line', masked)).toBe(masked);
    expect(masker.text(`+ ${text}`)).not.toContain(SECRET);
    expect(masker.attribute('process.command_args', ['/bin/sh', '-c', text])).toEqual([
      '/bin/sh',
      '-c',
      masked,
    ]);
  });
});

describe('what holds no secret stays', () => {
  test.each([
    'az webapp create -p plan -n app',
    'aws ssm get-parameter --name /p --with-decryption',
    'aws secretsmanager get-secret-value --secret-id prod/db --query SecretString',
    'gcloud secrets versions access latest --secret=db-password',
    'gcloud run deploy s --image gcr.io/p/i:1.2.3 --set-secrets=DB_PASS=db-pass:latest',
    'vault kv get secret/app',
    'vault kv put secret/app db=@file.json',
    'pulumi config set aws:region eu-west-1',
    'heroku config:set NODE_ENV=production',
    'mc alias list',
    'mc ls m/bucket',
    'gh pr create --body hello --title x',
    'the fly was set on a salt cellar',
    'cargo login failed',
    'cargo build --release',
    'npm config set registry https://registry.npmjs.org/',
    'poetry config virtualenvs.in-project true',
    'openssl enc -aes-256-cbc -pass file:/run/pw -in a',
    'openssl enc -aes-256-cbc -pass env:PW -in a',
    'helm install x c -f values.yaml --set auth.existingSecret=db-credentials',
    'mount -t cifs //h/s /mnt -o credentials=/etc/cifs.cred,uid=1000',
    'gpg --armor --export-secret-keys 3AA5C34371567BD2',
    'GOOGLE_APPLICATION_CREDENTIALS=/etc/sa.json gcloud x',
    'PGPASSFILE=~/.pgpass psql -h db',
    'mysql -uroot -p"$MYSQL_ROOT_PASSWORD" app',
    `mysql -u root -p$${'{DB_PASS}'} app`,
    'MYSQL_PWD= mysql -u root',
    'ffmpeg -pass 1 -i in.mp4 out.mp4',
    'echo hello | docker login -u bob --password-stdin'.replace('hello', '$TOKEN'),
    'echo done | tee log',
    'grep bob <<< swordfish',
    'curl --cert client.pem https://x.example',
    'curl -E C:client.pem https://x.example',
    'kubectl get secret db-credentials -o yaml',
    'docker pull acme/auth-token:latest',
    'rclone copy a:b c:d --progress',
    'smbclient -L //h',
    'openssl passwd -6 -stdin',
    'gh secret list',
    'gh api repos/o/r --method GET',
    'fly secrets list',
    'vault write sys/policy/x policy=@p.hcl',
    'vault login -method=oidc',
    'consul kv put app/mode fast',
    'etcdctl get /app/db_password',
    'npm config set save-exact true',
    'nuget push p.nupkg -Source https://api.nuget.org/v3/index.json',
    'composer config platform.php 8.1',
    'cargo test -p mycrate',
    'oc process -f t.yaml -p NAME=web',
    'cf push app -p target/app.jar',
    'conan install . -p profile',
    'redis-cli config set maxmemory 1gb',
    'hydra -L users.txt ssh://h',
    'sc config svc start= auto',
    'kinit -k -t /etc/krb5.keytab host/x',
    'salt web test.ping',
    'p4 -p perforce:1666 sync',
    'kubectl exec -i pod --stdin',
    'aws secretsmanager rotate-secret --secret-id my-db-password',
    'please run npm config set registry first',
    'the net worth of mc donalds',
    'man passwd',
  ])('%s', (text) => {
    expect(masker.attribute('process.command_line', text)).toBe(text);
    expect(masker.text(text)).toBe(text);
    const words = wordsOf(text.replaceAll('"', ''));
    expect(masker.attribute('process.command_args', words)).toBe(words);
  });
});
