const BEFORE = 40;
const NAME =
  /(?:^|[^\w-])(?:(?:credit |debit |bank |payment )?cards?|cc|pan|kreditkarte|karte|tarjeta|carte(?: bancaire)?|carta)(?:[ -]?(?:number|num|no|nr|nummer))?\.?(?: (?:is|was|ist|es|est))?[ \t:=#?'"]{1,4}$/i;

/** Whether a word that names a payment card stands right before the number at `at`: `my card # 3509…`, `cc 2131…`. */
export function isNamedCard(text: string, at: number): boolean {
  return NAME.test(text.slice(Math.max(0, at - BEFORE), at));
}
