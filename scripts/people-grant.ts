/**
 * `npm run people:grant -- EMAIL ROLE [--body SLUG --name NAME --employer NAME]`: gives somebody a role, and adds them
 * to the directory if --body and --name are given. This is how a portal gets its first administrator. Exit 0: they have
 * the role.
 */
import { ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";
import { emailProblem, normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { nameProblem, normaliseName } from "#domain/access/identity/name.ts";
import { loadContent } from "#server/base/content/store.ts";
import { grantRole, type Grant } from "#server/people/directory/command-service.ts";
import { commandEnvironment, readArguments, Refusal } from "./command.ts";
import { openToWrite, runOnDatabase } from "./portal-database.ts";

const USE = "Use: npm run people:grant -- EMAIL ROLE [--body SLUG --name NAME --employer NAME]";

await runOnDatabase("The role could not be given", async () => {
  const env = commandEnvironment();
  const { bodies } = await loadContent();
  const grant = readGrant(bodies);
  await openToWrite(env);
  console.log(await give(grant));
});

function readGrant(bodies: readonly { slug: string; name: string; employers: readonly string[] }[]): Grant {
  const text = { type: "string" } as const;
  const options = { body: text, name: text, employer: text };
  const { positionals, values } = readArguments(USE, { allowPositionals: true, options });
  const [email = "", typedRole = "", ...more] = positionals;
  if (email === "" || more.length > 0) throw new Refusal(`Give one e-mail address and one role. ${USE}`);
  refuse("The e-mail address", emailProblem(email));
  const role = ROLES.find((one) => one === typedRole);
  if (!role) throw new Refusal(`"${typedRole}" is no role: choose from ${ROLES.join(", ")}. ${USE}`);
  const { body: slug, name } = values;
  if (slug === undefined && name === undefined) return { email: normaliseEmail(email), role, newPerson: null };
  if (slug === undefined || !name?.trim()) throw new Refusal(`To add somebody, give --body and --name. ${USE}`);
  const body = bodies.find((one) => one.slug === slug);
  if (!body) throw new Refusal(`"${slug}" is no body: choose from ${bodies.map((one) => one.slug).join(", ")}. ${USE}`);
  const employer = values.employer ?? body.employers[0] ?? body.name;
  if (!body.employers.includes(employer))
    throw new Refusal(`"${employer}" is no employer of ${body.name}: choose from ${body.employers.join(", ")}.`);
  refuse("--name", nameProblem(normaliseName(name)));
  return { email: normaliseEmail(email), role, newPerson: { body: slug, employer, name: normaliseName(name) } };
}

function refuse(field: string, problem: string | null): void {
  if (problem !== null) throw new Refusal(`${field}: ${problem}`);
}

async function give(grant: Grant): Promise<string> {
  const result = await grantRole(grant);
  const role = ROLE_NAMES[grant.role];
  if (result.code === "unknown")
    throw new Refusal(
      `Nobody in the directory has the address ${grant.email}: add them with --body and --name. ${USE}`,
    );
  const { name, body } = result.person;
  if (result.code === "left") throw new Refusal(`${name} has left, and is given no role.`);
  if (result.code === "has-it") return `${name} (${body}) has the role already: ${role}.`;
  return `${name} (${body}) ${result.isNew ? "was added, and " : ""}has the role now: ${role}.`;
}
