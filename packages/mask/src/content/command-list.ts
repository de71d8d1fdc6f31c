import { looksSecret } from '../detectors/secret-shape.js';
import { gluedOption, knownClient, optionValue } from './command-options.js';
import { isPlaceholder } from './placeholder.js';
import { commandSecret } from './secret-commands.js';

/** `-uroot` and `-psecret` are MySQL's; what Node.js lists of a process that it could not start has its name elsewhere. */
const GLUED_USER = /^-u[A-Za-z]/;
const GLUED_PASSWORD = /^-p(?!\d{1,5}$)\S{4}/;

/**
 * Which elements of a list are secrets of a command whose words the list holds (`["mysqldump", "-psecret"]`), in ascending
 * order.
 *
 * @param program that was started with them, when the list does not begin with it.
 */
export function commandSecrets(elements: readonly string[], program?: string): readonly number[] {
  const secrets: number[] = [];
  let client = program === undefined ? undefined : knownClient(program);
  let words: string[] = [];
  const isMysql = elements.some((element) => GLUED_USER.test(element));
  for (const [index, element] of elements.entries()) {
    const named = knownClient(element);
    if (named !== undefined) [client, words] = [named, []];
    else if (!element.startsWith('-')) {
      if (client !== undefined && isPlaced(client, element, words)) secrets.push(index);
      words.push(element);
    } else if (client === undefined) {
      if (isMysql && GLUED_PASSWORD.test(element)) secrets.push(index);
    } else if (gluedOption(client, element, words) !== undefined) secrets.push(index);
    else if (optionValue(client, element, words) === 'flag') words.push(element);
    else if (optionValue(client, element, words) === 'secret' && index + 1 < elements.length)
      secrets.push(index + 1);
  }
  return secrets;
}

/** Words of a command that say what the next one is; none is the name of a secret. */
function isPlaced(client: string, element: string, words: readonly string[]): boolean {
  const part = commandSecret(client, words, () => false);
  if (isPlaceholder(element)) return false;
  return part === 'word' || (part === 'word?' && looksSecret(element));
}
