/** Name, look and words of the portal as a body wants them: content/portal.yaml (docs/adopting.md, "Your look"). */
import { z } from "zod";
import { leastContrast, LEAST_CONTRAST, readable, type Scheme, shadesOf } from "./contrast.ts";

const line = (most: number) => z.string().trim().min(1).max(most, `shorten it to ${most} characters`);
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, {
    error: 'write a colour in quotation marks with six digits, such as "#1d4f91"',
    abort: true, // there is no contrast of what is no colour
  })
  .transform((words) => words.toLowerCase());
const picture = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*\.(svg|png)$/, "name an SVG or PNG in this folder in small letters, such as logo.svg");

export const brandingSchema = z
  .strictObject({
    /** In the header, in titles, in mail and on the home screen of a phone. */
    name: line(30).default("With Care"),
    /** For links and buttons on light; on dark it is made lighter, unless `accentInDark` says otherwise. */
    accent: colour.optional(),
    accentInDark: colour.optional(),
    /** Beside the name, in place of the portal's own mark. */
    logo: picture.optional(),
    logoInDark: picture.optional(),
    signIn: line(300).optional(),
    /** The heading of the start page, and words below it. */
    home: z.strictObject({ heading: line(60).optional(), words: line(400).optional() }).prefault({}),
    /** The last words of every mail. */
    mailClosing: line(300).optional(),
  })
  .superRefine((given, context) => {
    for (const { field, message } of problemsOf(given)) context.addIssue({ code: "custom", path: [field], message });
  });

/** What a content folder without the file has. */
export const OWN_BRANDING = brandingSchema.parse({});

interface Colours {
  accent?: string | undefined;
  accentInDark?: string | undefined;
  logo?: string | undefined;
  logoInDark?: string | undefined;
}

function problemsOf({ accent, accentInDark, logo, logoInDark }: Colours): { field: string; message: string }[] {
  const alone = (field: string, other: string) => ({ field, message: `write ${other} too, or take this one out` });
  return [
    ...(accent === undefined ? [] : contrastProblems("accent", accent, "light")),
    ...(accentInDark === undefined ? [] : contrastProblems("accentInDark", accentInDark, "dark")),
    ...(accentInDark !== undefined && accent === undefined ? [alone("accentInDark", "accent")] : []),
    ...(logoInDark !== undefined && logo === undefined ? [alone("logoInDark", "logo")] : []),
  ];
}

function contrastProblems(field: string, colour: string, scheme: Scheme) {
  const { ratio, on } = leastContrast(colour, scheme);
  if (ratio >= LEAST_CONTRAST) return [];
  // Cut off, not rounded: 4.49 is not enough.
  const has = (Math.floor(ratio * 100) / 100).toFixed(2);
  const way = scheme === "light" ? "darker" : "lighter";
  return [
    {
      field,
      message: `${colour} has a contrast of ${has}:1 on ${on} in ${scheme} mode and needs ${LEAST_CONTRAST}:1. Choose a ${way} colour, such as "${readable(colour, scheme)}".`,
    },
  ];
}

/** As tall as the portal's own mark. */
const LOGO = ".brand-logo{height:2rem;width:auto;max-width:10rem;object-fit:contain}\n";

/** What the portal's style sheet lacks for an accent or a logo; null where there is neither. */
export function brandingStyles({ accent, accentInDark, logo }: Colours): string | null {
  const styles = (accent === undefined ? "" : accentStyles(accent, accentInDark)) + (logo === undefined ? "" : LOGO);
  return styles === "" ? null : styles;
}

/** The accent as custom properties, for the screen: paper to print on stays black. */
function accentStyles(accent: string, dark = readable(accent, "dark")): string {
  const rules = (["light", "dark"] as const).map((scheme) => {
    const { accent: colour, strong, ink, tint } = shadesOf(scheme === "light" ? accent : dark, scheme);
    return `@media screen and (prefers-color-scheme:${scheme}){:root{--color-accent:${colour};--color-accent-strong:${strong};--color-accent-ink:${ink};--color-accent-tint:${tint}}}`;
  });
  return `${rules.join("\n")}\n`;
}
