const BEFORE = 40;
const NAME =
  /(?:^|[^\w-])(?:(?:credit |debit |bank |payment )?cards?|cc|pan|\u4fe1\u7528\u5361|kreditkarte|karte|tarjeta|carte(?: bancaire)?|carta)(?:[ -]?(?:number|num|no|nr|nummer|\u53f7\u7801?)|\. number)?\.?(?: (?:is|was|ist|es|est))?[ \t:=#?'"\uff1a\u53f7]{1,4}$/i;

/** Whether a word that names a payment card stands right before the number at `at`: `my card # 3509…`, `cc 2131…`. */
export function isNamedCard(text: string, at: number): boolean {
  return NAME.test(text.slice(Math.max(0, at - BEFORE), at));
}
