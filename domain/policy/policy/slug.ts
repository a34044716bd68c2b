/**
 * Valid names for a policy's folder, which is used in addresses and records
 * (docs/glossary.md, "References and addresses").
 */

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Other pages below `/policies`, and properties that every object has. */
const RESERVED = ["compare", "merge", "constructor"];

/** What is wrong with the name of a policy's folder, as a sentence that says what to do, or null. */
export function slugProblem(slug: string): string | null {
  if (!SLUG.test(slug)) return "Use small letters, digits and hyphens.";
  return RESERVED.includes(slug) ? `"${slug}" is taken by the portal; choose another.` : null;
}
