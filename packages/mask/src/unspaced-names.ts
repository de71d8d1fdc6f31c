/** Names of secrets in scripts without spaces, as one of the alternatives of a pattern each. */
export const unspacedNames: string =
  '密码|密碼|口令|密钥|密鑰|令牌|パスワード|暗証番号|トークン|비밀번호|암호|비번|패스워드|토큰|รหัสผ่าน|סיסמה|סיסמא|كلمة المرور|كلمة السر|पासवर्ड';
