/** Letters that no decomposition makes plain; the same pairs as in the function `plain_letters` of the database. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
  ħ: "h",
  "\u2010": "-",
  "\u2011": "-",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
};

/**
 * A text by its plain letters, in which all spellings of a name are one: small, without accents, apostrophes and what
 * nobody sees, wide letters as ordinary ones, any blank as a plain one.
 */
export const plainLetters = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f\u200b-\u200d\u2060\u00ad\ufeff'’‘ʼ′´`]/g, "")
    .toLowerCase()
    .replaceAll(/[øłđðıħ\u2010\u2011ßæœþ]/g, (letter) => PLAIN[letter] ?? letter);
