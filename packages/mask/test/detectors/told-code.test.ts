import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('a one-time code goes, as senders write it', () => {
  test.each([
    ['Your Uber code is 2856. Never share it.', 'Your Uber code is ****. Never share it.'],
    ['Your Apple ID Code is: 178723. Do not share it.', 'Your Apple ID Code is: ****. Do not share it.'],
    ['<#> Your WhatsApp code: 097-840', '<#> Your WhatsApp code: ****'],
    ['002877 is your login code. @example.com #560351', '**** is your login code. @example.com #****'],
    ['验证码：578702', '验证码：****'],
    ['您的验证码是716641，5分钟内有效。', '您的验证码是****，5分钟内有效。'],
    ['【Acme】723498（登录验证码）', '【Acme】****（登录验证码）'],
    ['確認コード: 846389', '確認コード: ****'],
    ['인증번호 [123456]를 입력', '인증번호 [****]를 입력'],
    ['Ihr Code lautet 179563.', 'Ihr Code lautet ****.'],
    ['Ihr Bestätigungscode für die Anmeldung: 179563', 'Ihr Bestätigungscode für die Anmeldung: ****'],
    ['Votre code de vérification est 863331', 'Votre code de vérification est ****'],
    ['Su código de verificación es 097840', 'Su código de verificación es ****'],
    ['Код подтверждения: 478195', 'Код подтверждения: ****'],
  ])('%s', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
    expect(masker.text(masked)).toBe(masked);
  });

  test.each([
    'Your ZIP code is 90210',
    'Your Postal code: 10115',
    'Your Promo code: 2024',
    'Your Error code is 4004',
    'your exit code is 1337',
    'Ihr Code ist gut, 179563 Zeilen',
    'Код ошибки: 478195',
    '订单号：578702',
    'see the thread @ #560351',
  ])('but not of %s', (text) => {
    expect(createMasker({ extends: ['default'] }).attribute('log.body', text)).toBe(text);
  });

  test.each([
    ['{"method":"totp","code":"427496"}', '{"method":"totp","code":"****"}'],
    ['{"id":"a","type":"mfa","code":"427496"}', '{"id":"a","type":"mfa","code":"****"}'],
    ['{"method":"ideal","code":"427496"}', '{"method":"ideal","code":"427496"}'],
    ['{"type":"error","code":"427496"}', '{"type":"error","code":"427496"}'],
  ])('beside what tells of one: %s', (text, masked) => {
    expect(masker.attribute('http.request.body', text)).toBe(masked);
  });
});
