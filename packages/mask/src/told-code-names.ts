import { unspacedNames } from './unspaced-names.js';

/** What one-time codes are called in scripts without spaces, as one of the alternatives of a pattern each. */
export const unspacedCodeNames: string =
  '验证码|校验码|动态码|驗證碼|認証コード|認証番号|確認コード|確認番号|인증 ?번호|인증코드';

/** What passwords and one-time codes are called in scripts without spaces, and codes in others that no word of the scan can be written in. */
export const foreignCodeNames: string = `${unspacedNames}|${unspacedCodeNames}|код|doğrulama kodu|onay kodu|potwierdzający`;
