/**
 * Commands that are given secrets, a line each: programs, then the words of the command. A word is itself, with '*' at its end
 * anything that begins so, '.' any word, '@' the name of a secret, in brackets an option without a value. The last one tells
 * what is a secret: '$' the next word, '%' the next word if it looks like one, '+' all words from there, '=' the values of all
 * pairs from there, '~' of those that look like one, '&' the password of any word that is a login (`user:password@host`). An
 * option has a secret behind it, with '^' perhaps in the same word, with '!' nothing, with '?' what only tells where a secret is.
 */
export const SECRET_COMMAND_TABLE = `
az keyvault secret set --value
az sql -p
az postgres -p
az mysql -p
aws configure set @ $
aws ssm put-parameter --value
aws secretsmanager --secret-string --secret-binary --secret-id?
docker,podman,nerdctl,buildah --secret? --secret-add? --secret-rm?
gcloud --secret? --set-secrets? --update-secrets? --remove-secrets?
vault,bao kv put . =
vault,bao kv patch . =
vault,bao write . ~
vault,bao operator unseal $
gh secret set --body -b^
gh auth --with-token!
fly,flyctl,supabase secrets set =
heroku config:set ~
mc alias set . . . $
mc config host add . . . $
mc admin user add . . $
pulumi config set --secret!
pulumi config set [--secret] . $
npm,pnpm,yarn config set @ $
npm,pnpm set @ $
netlify env:set @ $
pulumi config set @ $
etcdctl put @ $
consul kv put @ $
dotnet user-secrets set @ $
nuget push -k
nuget add -p
nuget update -p
nuget push . %
nuget setapikey %
setx @ $
poetry config @ %
poetry config http-basic.* . $
poetry publish -p
composer config http-basic.* . $
composer config github-oauth.* $
composer config gitlab-token.* $
composer config bearer.* $
cargo login %
cargo login . %
bw unlock $
bw login . $
cloudflared service install %
databricks secrets --string-value
eas secret:create --value
expo login -p
influx -t -p
doctl -t
snyk auth %
ngrok authtoken %
ngrok config add-authtoken %
vercel,codecov -t
conan user -p
conan remote login -p
knife -P
p4,isql,tsql,osql,fisql,bsqldb,defncopy,freebcp,bcp -P^
cypher-shell,beeline,hdbsql,rdesktop,racadm,supervisorctl,certutil -p
docker,podman,oc,helm,crane,oras,nerdctl,buildah,skopeo,regctl,cf login -p^
vsql -w^
md5 -s
pdftotext,pdftoppm,pdfinfo,pdfimages,pdftohtml,pdftocairo,pdffonts,pdfcpu -upw -opw
signtool sign /p
valkey-cli,keydb-cli -a --pass
redis-cli,valkey-cli,keydb-cli config set requirepass $
redis-cli,valkey-cli,keydb-cli config set masterauth $
redis-cli,valkey-cli,keydb-cli auth $
salt . shadow.set_password . $
openssl passwd + -apr1!
openssl dgst -hmac
smbclient //* $
rclone obscure $
grafana-cli admin reset-admin-password $
db2 connect to . user . using $
qpdf --encrypt! --!
qpdf [--encrypt] $
qpdf [--encrypt] . $
ffmpeg -pass?
gpg --export-secret-keys? --export-secret-subkeys?
rclone,sc,pdftk,nmcli,racadm @ $
nmcli wifi-sec.psk $
nmcli 802-11-wireless-security.psk $
kinit,cryptsetup,wrangler,smbpasswd,chpasswd
security unlock-keychain -p
security create-keychain -p
security set-keychain-password -o -p
security set-key-partition-list -k
security add-generic-password -w
security add-internet-password -w
security import -P
security export -P
xcrun altool -p
altool,itmstransporter -p
dscl -passwd!
dscl [-passwd] . $
dscl [-passwd] . . $
networksetup -setairportnetwork!
networksetup [-setairportnetwork] . . $
swaks -ap -p?
sendemail -xp
blat -pw
doveadm pw -p
doveadm auth test . $
doveadm auth login . $
slappasswd -s
ejabberdctl register . . $
ejabberdctl change_password . . $
ejabberdctl check_password . . $
turnserver -u
openfortivpn,f5fpc,netextender -p^
rasdial . . $
wpa_cli psk $
wpa_cli password $
winrs -p /p
sqlpackage /tp /sp
kpscript,keepass -pw
ktpass /pass
schtasks /p
kadmin,kadmin.local -w
addprinc -pw
samba-tool user create . $
samba-tool user add . $
ldapdelete,ldapmodrdn,ldapcompare,ldapexop,ldapwhoami,ldapvi -w^
gsql,gs_dump,gs_dumpall,gs_restore,sys_dump,sys_restore -W
mycli -p^
mydumper,myloader,mytop -p^
mongostat,mongotop,mongofiles -p^
pt-table-checksum,pt-table-sync,pt-archiver,pt-online-schema-change,pt-query-digest,pt-kill -p
couchbase-cli,cbq,cbbackupmgr,cbimport,cbexport,dsbulk,bsondump -p
cbc -P
neo4j-admin set-initial-password $
redis-benchmark,iredis,redli,memtier_benchmark -a
dsmc,dsmadmc -pa -pas -password
mosquitto_rr,mqttx -P
emqx_ctl admins add . $
elasticsearch-users -p
zkcli.sh,zkcli addauth digest $
kcadm.sh set-password -p
add-user.sh,add-user-keycloak.sh -p
grafana admin reset-admin-password $
airflow users create -p
airflow variables set @ $
dvc remote modify . @ $
yt-dlp,youtube-dl -p -2
kopia -p
b2 authorize-account . $
b2 authorize_account . $
b2 account authorize . $
swift -K
ibmcloud,bluemix login -p
vsce,ovsx -p^
choco apikey -k --key
choco push -k
choco source -p
dotnet nuget push -k
dotnet nuget add -p
dotnet nuget update -p
uv publish -p -t
hatch publish -a
pdm publish -P
mvn,mvnw -ep -emp --encrypt-password --encrypt-master-password
conda token set $
anaconda -t
helm cm-push -p
wandb login %
kaggle,cypress,browserstacklocal --key
bw --session
gitlab-runner register -r -t
glab auth login -t
tea login add -t
travis encrypt ~
doppler configure set @ $
doppler secrets set @ $
doppler secrets set =
doppler -t
infisical,railway secrets set =
railway variables set ~
dokku config:set ~
convex env set @ $
chamber write . . $
credstash put . $
mkpasswd -m? -S? -R? -P? %
ansible-vault encrypt_string --vault-password-file? --vault-id? --encrypt-vault-id? --name? -n? --stdin-name? --output? $
az --secure-environment-variables! --secrets!
az [--secure-environment-variables] =
az [--secrets] =
ctr pull --user -u
ctr push --user -u
crictl --creds
radtest . $
radtest . . . . $
ipmitool user set password . $
check_mysql,check_pgsql,check_radius -p
check_ldap -P
check_http -a
esxcli,vmrun -p
xe -pw
suseconnect -r
pro,ua attach %
drush user:password . $
drush upwd . $
pk12util -W -K
veracrypt,truecrypt -p
ykman -P
caddy hash-password -p --plaintext
oha -a
curlftpfs,sshfs,ncftp &
`;
