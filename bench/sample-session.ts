import { makeSampleDirectory } from "../prisma/seed/sample-people.ts";
import type { Role } from "../domain/access/permission/permission.ts";
import { readContent } from "#server/base/content/read.ts";
import { attribute } from "./portal-page.ts";

/**
 * Signs in as an invented person of a body, as a browser without JavaScript does: the sign-in page's own form.
 * @returns the cookie header of the session
 * @throws Error if the page has no such form, or sending it gives no session
 */
export async function signIn(origin: string, body: string, role: Role = "employee"): Promise<string> {
  const { people } = makeSampleDirectory((await readContent("content")).bodies);
  const person = people.find((one) => one.body === body && one.roles.includes(role) && one.status === "active");
  if (!person) throw new Error(`Nobody is ${role} of ${body}.`);
  const page = `${origin}/sign-in`;
  const html = await (await fetch(page)).text();
  const form = html.match(/<form\b.*?<\/form>/gs)?.find((one) => one.includes(`"${person.id}"`));
  if (form === undefined) throw new Error(`The sign-in page has no form for the person ${person.id}.`);
  const fields = new FormData();
  for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(input, "name");
    if (name !== null) fields.append(name, attribute(input, "value") ?? "");
  }
  const action = new URL(attribute(form, "action") || page, page);
  const response = await fetch(action, { method: "POST", body: fields, headers: { origin }, redirect: "manual" });
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  if (!cookie.includes("session_token=")) throw new Error(`Signing in gave no session: status ${response.status}.`);
  return cookie;
}
