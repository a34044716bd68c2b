import { expect, it } from "vitest";
import { describeFailure, inOneLine } from "./failure.mjs";

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

it("has the class, the code, the cause and the places in the code", () => {
  const cause = Object.assign(new RangeError("too many"), { code: "42P01" });
  const failure = describeFailure(new TypeError("Cannot read properties of undefined (reading 'name')", { cause }));
  expect(failure).toMatchObject({
    class: "TypeError",
    message: "Cannot read properties of undefined (reading 'name')",
    cause: { class: "RangeError", message: "too many", code: "42P01" },
  });
  expect(failure.stack).toMatch(/^at .*failure\.test\.ts:\d+:\d+/);
  expect(failure.stack).not.toContain("Cannot");
  expect(describeFailure(Object.assign(new Error("x"), { digest: "123456" }))).toMatchObject({ digest: "123456" });
  const several = new AggregateError([new Error("connect ECONNREFUSED 127.0.0.1:5432")], "");
  expect(describeFailure(several)).toMatchObject({ cause: { message: "connect ECONNREFUSED 127.0.0.1:5432" } });
  expect(describeFailure("only words")).toMatchObject({ class: "string", message: "only words" });
  expect(describeFailure(null)).toMatchObject({ class: "null", message: "" });
  const [one, two] = [new Error("one"), new Error("two")];
  Object.assign(one, { cause: two });
  Object.assign(two, { cause: one });
  expect(JSON.stringify(describeFailure(one)).length).toBeLessThan(20_000);
});

it.each([
  [
    "Invalid `prisma.person.findMany()` invocation:\n\n\nThe table `public.Person` does not exist in the current database.",
    "Invalid `prisma.person.findMany()` invocation: The table `public.Person` does not exist in the current database.",
  ],
  [
    'Invalid `prisma.$queryRaw()` invocation:\n\n\nRaw query failed. Code: `42P01`. Message: `relation "Person" does not exist`',
    'Invalid `prisma.$queryRaw()` invocation: Raw query failed. Code: `42P01`. Message: `relation "Person" does not exist`',
  ],
  [
    '\nInvalid `prisma.person.create()` invocation:\n\n{\n  data: {\n    name: "Planted Person",\n    email: "planted@x.invalid"\n  }\n}\n\nArgument `body` is missing.',
    "Invalid `prisma.person.create()` invocation: Argument `body` is missing.",
  ],
  [
    "Invalid `prisma.$executeRaw()` invocation:\nRaw query failed. Code: `23505`. Message: `Key (email, name)=(planted@x.invalid, Planted (P)) already exists.`",
    "Invalid `prisma.$executeRaw()` invocation: Raw query failed. Code: `23505`. Message: `Key (email, name)=([data]) already exists.`",
  ],
])("keeps what Prisma says of the fault, and nothing of the arguments", (message, words) => {
  expect(describeFailure(named("PrismaClientKnownRequestError", message)).message).toBe(words);
});

it.each([
  ['relation "Person" does not exist', 'relation "Person" does not exist'],
  [
    'null value in column "name" of relation "Person" violates not-null constraint',
    'null value in column "name" of relation "Person" violates not-null constraint',
  ],
  ["Failing row contains (1, Planted Person, planted@x.invalid).", "Failing row contains ([data])."],
  ['invalid input syntax for type date: "planted"', "invalid input syntax for type date: [data]"],
  ['invalid input value for enum "MailState": "planted"', 'invalid input value for enum "MailState": [data]'],
  [`Unexpected token 'p', "planted te"... is not valid JSON`, "Unexpected token [data], [data]... is not valid JSON"],
  [
    "It isn't there, and the person's group doesn't know 'planted O'Brien' or “planted”",
    "It isn't there, and the person's group doesn't know [data] or [data]",
  ],
  ["550 5.1.1 <planted.person+x@mail.planted.example> no such mailbox", "550 5.1.1 <[address]> no such mailbox"],
  ["getaddrinfo ENOTFOUND db.example", "getaddrinfo ENOTFOUND db.example"],
  [
    "GET https://login.example/authorize?code=planted&state=planted failed",
    "GET https://login.example/authorize?[data] failed",
  ],
  [
    "ENOENT: no such file or directory, open '/var/lib/with-care/x.json'",
    "ENOENT: no such file or directory, open '/var/lib/with-care/x.json'",
  ],
])("tells what %j says of the fault", (message, words) => {
  expect(describeFailure(new Error(message)).message).toBe(words);
});

it("has nothing of what was typed, whole or by a name in it, whatever the message is", () => {
  const typed = ["Siobhán Planted", "a long\n planted text", "on", "it (really)"];
  const { message } = describeFailure(
    new Error("Siobhán planted, and Planted alone; a long planted text; it (really) went on with siobhán"),
    typed,
  );
  expect(message).toBe("[data], and [data] alone; [data]; [data] went on with [data]");
});

it("says of what a schema refuses where it is and what kind of fault it is", () => {
  const error = Object.assign(named("ZodError", '[{"message":"planted"}]'), {
    issues: [{ path: ["name", 0], code: "invalid_type", message: "planted" }],
  });
  expect(inOneLine(error)).toBe("name.0: invalid_type");
  expect(inOneLine(new Error(""))).toBe("It did not say why.");
});
