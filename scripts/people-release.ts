/**
 * `npm run people:release -- EMAIL`, or `-- --all [--body SLUG]`: releases people from the work account that they sign in
 * with, so that their next sign-in binds them again. They are signed out, and told by mail. Exit 0: they are released.
 */
import { loadContent } from "#server/base/content/store.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import { releaseByEmail, releaseEverybody } from "#server/access/identity/account-service.ts";
import { commandEnvironment, readArguments, Refusal } from "./command.ts";
import { openToWrite, runOnDatabase } from "./portal-database.ts";

const USE = "Use: npm run people:release -- EMAIL, or npm run people:release -- --all [--body SLUG]";

await runOnDatabase("Nobody could be released", async () => {
  const env = commandEnvironment();
  const options = await readWish();
  makeDataFolder(env.dataDir);
  await openToWrite(env);
  console.log("email" in options ? await releaseOne(options.email) : await releaseAll(options.body));
});

async function readWish(): Promise<{ email: string } | { body: string | null }> {
  const options = { all: { type: "boolean" }, body: { type: "string" } } as const;
  const { positionals, values } = readArguments(USE, { allowPositionals: true, options });
  const [email, ...more] = positionals;
  if (values.all === true) {
    if (email !== undefined) throw new Refusal(`Give one e-mail address, or --all. ${USE}`);
    const slugs = (await loadContent()).bodies.map(({ slug }) => slug);
    if (values.body !== undefined && !slugs.includes(values.body))
      throw new Refusal(`"${values.body}" is no body: choose from ${slugs.join(", ")}. ${USE}`);
    return { body: values.body ?? null };
  }
  if (email === undefined || !/^\S+@\S+$/.test(email) || more.length > 0 || values.body !== undefined)
    throw new Refusal(`Give one e-mail address. ${USE}`);
  return { email: email.toLowerCase() };
}

async function releaseOne(email: string): Promise<string> {
  const result = await releaseByEmail(email);
  switch (result.code) {
    case "released":
      return `${result.person.name} (${result.person.body}) is released: the next sign-in with ${email} binds them again.`;
    case "none":
      return `${result.person.name} (${result.person.body}) is bound to no work account: the next sign-in binds them.`;
    default:
      throw new Refusal(`Nobody in the directory has the address ${email}.`);
  }
}

async function releaseAll(body: string | null): Promise<string> {
  const count = await releaseEverybody(body);
  return `${count} ${count === 1 ? "person is" : "people are"} released: their next sign-in binds them again.`;
}
