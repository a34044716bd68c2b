/** What a body says when it makes a content folder of its own: npm run adopt (docs/adopting.md). */
import { z } from "zod";
import { brandingSchema } from "#domain/base/branding/branding.ts";
import { bodySchema } from "./body.ts";
import { frontMatterSchema } from "./front-matter.ts";
import { slugProblem } from "./slug.ts";

const slug = z.string().superRefine((value, context) => {
  const message = slugProblem(value);
  if (message !== null) context.addIssue({ code: "custom", message });
});
const { owner, approver, title, version } = frontMatterSchema.shape;

export const adoptionSchema = z.strictObject({
  /** As in bodies/SLUG.yaml, with the name of that file. */
  body: bodySchema.omit({ example: true }).extend({ slug }),
  policy: z.strictObject({
    /** The policy that comes with the portal, and its version; the newest one without. */
    from: z.string().default("model"),
    version: version.optional(),
    slug,
    title: title.optional(),
    owner,
    approver,
    /** Words of that policy, and what the body says in their place. */
    words: z.record(z.string().trim().min(2), z.string().trim().min(1)).default({}),
  }),
  portal: brandingSchema.optional(),
});

export type Adoption = z.infer<typeof adoptionSchema>;

/**
 * Puts other words in place of some: whole words in any case, with their plurals, and beginning with a capital where
 * they did. Longer ones go first, so that a name is not changed by a part of it.
 */
export function reworded(text: string, words: Readonly<Record<string, string>>): string {
  const from = Object.keys(words).sort((a, b) => b.length - a.length);
  if (from.length === 0) return text;
  const escaped = from.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const known = new Map(from.map((word) => [word.toLowerCase(), words[word] ?? ""]));
  return text.replace(
    new RegExp(`(?<![\\p{L}\\d])(${escaped.join("|")})(?=s?(?![\\p{L}\\d]))`, "giu"),
    (found: string) => {
      const other = known.get(found.toLowerCase()) ?? found;
      const isCapital = /^\p{Lu}/u.test(found);
      return isCapital ? other.charAt(0).toUpperCase() + other.slice(1) : other;
    },
  );
}

/** A name in an address: "Northtown District Council" → "northtown-district-council". */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
