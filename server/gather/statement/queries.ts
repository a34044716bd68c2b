import type { Body, Contact } from "#domain/policy/policy/body.ts";
import type { BrandingFile, StatementName } from "#server/base/content/branding.ts";
import { loadContent } from "#server/base/content/store.ts";
import { writePolicyText } from "#server/base/content/text-html.ts";
import { getEnv } from "#server/base/environment/env.ts";

// What everybody may know, signed in or not. It uses no database: it is there even while that is down.

/** A body as the public statements describe it: whom to ask, by role, and whose law applies. */
export type BodyToAsk = Pick<Body, "slug" | "name" | "nation"> & { contacts: readonly Contact[] };

/** What a statement is about, and which contacts are responsible for it, best first. */
const ANSWERING: Record<StatementName, readonly string[]> = {
  privacy: ["dpo", "governance-officer", "info-sec", "line-manager"],
  accessibility: ["it-service-desk", "governance-officer", "communications", "info-sec", "line-manager"],
};

/**
 * Whom to ask about privacy or accessibility in each body that this portal serves. Contacts are roles from the body's
 * content.
 */
export async function listBodiesToAsk(about: StatementName): Promise<BodyToAsk[]> {
  const bodies = await listServed();
  return bodies.map(({ slug, name, nation, contacts }) => {
    const answering = ANSWERING[about].flatMap((id) => contacts.filter((contact) => contact.id === id)).slice(0, 2);
    return { slug, name, nation, contacts: answering.length > 0 ? answering : contacts.slice(0, 1) };
  });
}

async function listServed(): Promise<Body[]> {
  const { bodies } = await loadContent();
  return bodies.filter(({ slug }) => getEnv().bodies.includes(slug));
}

/** What the body wrote in place of the portal's own statement, as HTML; null if it wrote nothing. */
export async function getOwnStatement(about: StatementName): Promise<string | null> {
  const statement = (await loadContent()).branding.statements[about];
  return statement && writePolicyText(statement, {});
}

/** The files of the look, by the names that they have below /look. */
const BRANDING_FILES = { styles: "styles", logo: "logo", "logo-dark": "logoInDark" } as const;

/** What the portal is called and looks like, with the addresses of its files. */
export async function getBrand() {
  const { branding } = await loadContent();
  const addressOf = (name: keyof typeof BRANDING_FILES) => {
    const file = branding[BRANDING_FILES[name]];
    return file && `/look/${name}?v=${file.hash}`;
  };
  const { name } = branding;
  return { name, styles: addressOf("styles"), logo: addressOf("logo"), logoInDark: addressOf("logo-dark") };
}

/** One file of the look. @param name as in its address @returns null if there is none */
export async function getBrandingFile(name: string): Promise<BrandingFile | null> {
  const { branding } = await loadContent();
  const known = Object.entries(BRANDING_FILES).find(([one]) => one === name);
  return known ? branding[known[1]] : null;
}

/** What the body says on the sign-in page, and whose staff it is for. */
export async function getSignInWords() {
  const [{ branding }, bodies] = await Promise.all([loadContent(), listServed()]);
  return { words: branding.signIn ?? null, bodies: bodies.map(({ name }) => name) };
}

/** What the body says at the top of the start page; the portal has a heading of its own. */
export const getHomeWords = async () => (await loadContent()).branding.home;
