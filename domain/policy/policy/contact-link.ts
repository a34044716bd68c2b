/** What a contact's details lead to: a call or a mail. */

/** Digits, with what people put between them; an extension after them. */
const NUMBER = /^(\+?[\d\s().-]*\d)(?:\s*(?:extension|ext\.?|x)\s*(\d+))?$/i;

/** The link that rings a number; null for words that are none, or with fewer than three digits. */
export function telephoneLink(words: string): string | null {
  const [, number, extension] = NUMBER.exec(words.trim()) ?? [];
  // In "+44 (0)20 …" the nought is for those who ring from within the country.
  const digits = number?.replace(/(?<=^\+.*)\(0\)/, "").replaceAll(/[^\d+]/g, "") ?? "";
  if (digits.length < 3) return null;
  return `tel:${digits}${extension === undefined ? "" : `;ext=${extension}`}`;
}

/** Whether a contact's address is an e-mail address: some are a telephone number or a web page. */
export const isMailAddress = (address: string | null): address is string =>
  address !== null && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(address);

/** Where an address leads: a mail, a call, or a page; null for other words. */
export function addressLink(address: string): string | null {
  if (isMailAddress(address)) return `mailto:${encodeURIComponent(address).replaceAll("%40", "@")}`;
  return /^https?:\/\/\S+$/.test(address) ? address : telephoneLink(address);
}
