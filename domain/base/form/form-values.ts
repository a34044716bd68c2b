/**
 * What a form sent, as text that can be stored and shown: bad bytes, line ends and white space are dealt with here
 * only.
 */

/** Text that both PostgreSQL and browsers accept: no NUL, no lone surrogates, line ends as \n. */
function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed().replace(/\r\n?/g, "\n");
}

/** Number of characters as people count them: an emoji of one code point is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Read access to the fields of a submitted form. Unknown names read as empty. */
export class FormValues {
  constructor(readonly values: Readonly<Record<string, readonly string[]>>) {}

  static from(entries: Iterable<[string, unknown]>): FormValues {
    const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    for (const [name, value] of entries) {
      if (typeof value !== "string") continue; // a file: none of our forms has one
      (values[cleanText(name)] ??= []).push(cleanText(value));
    }
    return new FormValues(values);
  }

  /** The last value of a field, trimmed; "" if there is none. */
  text(name: string): string {
    return (this.values[name]?.at(-1) ?? "").trim();
  }

  /** Every value of a field, for check boxes. */
  all(name: string): readonly string[] {
    return this.values[name] ?? [];
  }
}
