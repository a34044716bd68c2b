/** Whether the copy that a client has is still current: `If-None-Match` of RFC 9110, section 13.1.2. */

/**
 * @param ifNoneMatch the header as received: tags separated by commas, or "*"; null if there is none
 * @param entityTag the tag of what would be sent, with its quotation marks
 */
export function isNotModified(ifNoneMatch: string | null, entityTag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  // A weak comparison, as the RFC requires: a proxy that compresses may have marked the tag as weak.
  return [...ifNoneMatch.matchAll(/"[\x21\x23-\x7e\x80-\xff]*"/g)].some(([tag]) => tag === entityTag);
}
