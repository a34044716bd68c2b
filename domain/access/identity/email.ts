/** E-mail addresses: the one form in which they are kept and compared, and what is none. */
import { prefixOf, quoted, textProblem } from "./name.ts";
import { smallLetters } from "./small-letters.ts";

const MOST_EMAIL = 254; // RFC 5321, section 4.5.3.1.3, without its angle brackets

/** Letters of any script, and the signs of RFC 5322, section 3.2.3. */
const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
const LABEL = "[\\p{L}\\p{M}\\p{N}_-]+";
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})*$`, "u");

/**
 * The form in which an address is kept, and in which any other is compared with it by `=`. Blanks around it are no part of
 * it; capital letters are made small. Two different addresses never have the same form: it takes nothing out, and does not
 * replace letters by those that look like them.
 */
export function normaliseEmail(text: string): string {
  return smallLetters(text.trim());
}

/**
 * What is wrong with an address, as a sentence that says what to do; null where nothing is. One rule for the pages, lists,
 * SCIM, the identity provider and the commands.
 */
export function emailProblem(text: string): string | null {
  const email = text.trim();
  const prefix = prefixOf(email);
  if (prefix !== null) return `It begins with “${prefix}”. Take that out.`;
  const problem = textProblem(email);
  if (problem !== null) return problem;
  if (/[\u200c\u200d]/.test(email)) return "It contains a character that cannot be seen. Type it again.";
  if (email.normalize("NFKC") !== email)
    return `${quoted(email)} contains a letter that only looks like another. Type it again.`;
  return email.length <= MOST_EMAIL && ADDRESS.test(email) ? null : `${quoted(email)} is not an e-mail address.`;
}
