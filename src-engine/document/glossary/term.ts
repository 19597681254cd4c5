/** One word of the field, as the inspector, the gradient panel and the guide's glossary explain it. */
export interface Term {
  readonly name: string;
  /** TeX, as the equations write it; null where it has none. */
  readonly symbol: string | null;
  /** One to three short sentences. */
  readonly meaning: string;
  /** Ids of words to read next. */
  readonly see: readonly string[];
  /** Beginnings by which a sentence names it, lower case; the name alone where there are none. */
  readonly words?: readonly string[];
}

export interface TermGroup {
  readonly title: string;
  readonly terms: Readonly<Record<string, Term>>;
}
