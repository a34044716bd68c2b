/** Capital and small letters of one text: the only difference that never tells two addresses or names apart. */

/**
 * A text with its capital letters made small, and nothing else. Only a letter that is the capital of its small letter is
 * changed: the Kelvin sign, whose small letter is that of K, stays what it is, so that no two different texts become one.
 * No database can do this for us: `lower()` depends on its settings, and knows other pairs.
 */
export function smallLetters(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => {
    const small = letter.toLowerCase();
    return small.toUpperCase() === letter ? small : letter;
  }).join("");
}
