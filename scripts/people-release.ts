/**
 * `npm run people:release -- EMAIL`, or `-- --all [--body SLUG]`: releases people from the work account that they sign in
 * with, so that their next sign-in binds them again. They are signed out, and told by mail. Exit 0: they are released.
 */
import { parseArgs } from "node:util";
import { loadContent, ContentError } from "#server/base/content/store.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import { closeDatabase } from "#server/base/db/database.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { EnvironmentError, readEnvironment, withoutSignIn } from "#server/base/environment/environment.mjs";
import { releaseByEmail, releaseEverybody } from "#server/access/identity/provider-service.ts";
import { StartFailure } from "#server/base/start-failure.ts";
import { connectRooms } from "#server/shell/start.ts";

const USE = "Use: npm run people:release -- EMAIL, or npm run people:release -- --all [--body SLUG]";

/** Shown to whoever typed the command; it says what to do. */
class Refusal extends Error {}

try {
  const env = readEnvironment(withoutSignIn(process.env), process.cwd());
  const options = await readWish();
  makeDataFolder(env.dataDir);
  connectRooms();
  await openDatabase(env);
  console.log("email" in options ? await releaseOne(options.email) : await releaseAll(options.body));
} catch (error) {
  const isClear = [Refusal, StartFailure, EnvironmentError, ContentError].some((kind) => error instanceof kind);
  const message = error instanceof Error ? error.message : String(error);
  console.error(isClear ? message : `Nobody could be released: ${message.trim().split("\n").at(-1)}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

async function readWish(): Promise<{ email: string } | { body: string | null }> {
  const { positionals, values } = read();
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

function read() {
  try {
    return parseArgs({ allowPositionals: true, options: { all: { type: "boolean" }, body: { type: "string" } } });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
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
