/** Whether what a client has still holds: `If-None-Match` of RFC 9110, section 13.1.2. */

/**
 * @param ifNoneMatch the header as it came: tags with commas between them, or "*"; null without one
 * @param entityTag the tag of what would be sent, with its quotation marks
 */
export function isNotModified(ifNoneMatch: string | null, entityTag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  // Compared weakly, as the RFC asks: a proxy that compresses may have marked the tag as weak.
  return [...ifNoneMatch.matchAll(/"[\x21\x23-\x7e\x80-\xff]*"/g)].some(([tag]) => tag === entityTag);
}
