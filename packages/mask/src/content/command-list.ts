import { gluedOption, knownClient, optionValue } from './command-options.js';

/** `-uroot` and `-psecret` are MySQL's; what Node.js lists of a process that it could not start has its name elsewhere. */
const GLUED_USER = /^-u[A-Za-z]/;
const GLUED_PASSWORD = /^-p(?!\d{1,5}$)\S{4}/;

/**
 * Which elements of a list are secrets of a command whose words the list holds (`["mysqldump", "-psecret"]`), in ascending
 * order.
 */
export function commandSecrets(elements: readonly string[]): readonly number[] {
  const secrets: number[] = [];
  let client: string | undefined;
  let words: string[] = [];
  const isMysql = elements.some((element) => GLUED_USER.test(element));
  for (const [index, element] of elements.entries()) {
    const named = knownClient(element);
    if (named !== undefined) [client, words] = [named, []];
    else if (!element.startsWith('-')) words.push(element);
    else if (client === undefined) {
      if (isMysql && GLUED_PASSWORD.test(element)) secrets.push(index);
    } else if (gluedOption(client, element) !== undefined) secrets.push(index);
    else if (optionValue(client, element, words) === 'secret' && index + 1 < elements.length)
      secrets.push(index + 1);
  }
  return secrets;
}
