/** What a form sent, as text that can be stored and shown: one place where bad bytes, line ends and blanks are settled. */

/** Text as PostgreSQL and browsers agree on it: no NUL, no halves of characters, line ends as \n. */
function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed().replace(/\r\n?/g, "\n");
}

/** Number of characters as people count them: an emoji of one code point is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Read access to the fields of one form that was sent. Unknown names read as empty. */
export class FormValues {
  constructor(readonly values: Readonly<Record<string, readonly string[]>>) {}

  static from(entries: Iterable<[string, unknown]>): FormValues {
    const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    for (const [name, value] of entries) {
      if (typeof value !== "string") continue; // a file: no form of ours has one
      (values[cleanText(name)] ??= []).push(cleanText(value));
    }
    return new FormValues(values);
  }

  /** The last value of a field, without blanks around it; "" where there is none. */
  text(name: string): string {
    return (this.values[name]?.at(-1) ?? "").trim();
  }

  /** Every value of a field, for check boxes. */
  all(name: string): readonly string[] {
    return this.values[name] ?? [];
  }
}
