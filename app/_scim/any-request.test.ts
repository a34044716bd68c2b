import fc from "fast-check";
import { expect, it } from "vitest";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { ENTERPRISE, filtered, GROUP, patch, providerOf, USER } from "./testing/provider.ts";

const NAMES = [
  "userName",
  "displayName",
  "name",
  "name.givenName",
  "emails",
  'emails[type eq "work"].value',
  'emails[type eq "home"]',
  "active",
  "roles",
  'roles[primary eq "True"].value',
  "userType",
  "externalId",
  "members",
  'members[value eq "x"]',
  `${ENTERPRISE}:manager`,
  `${ENTERPRISE}:department`,
  ENTERPRISE,
  USER,
  "groups",
  "id",
  "meta",
  "schemas",
  "constructor",
  "__proto__",
  "title",
  'phoneNumbers[type eq "work" and primary eq true].value',
  "x509Certificates",
  "",
  " ",
  "urn:",
  "a.b.c",
  "members.value",
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    "",
    "True",
    "a@b.invalid",
    null,
    [],
    {},
    [{ value: "administrator" }],
    { value: "administrator" },
    [[{}]],
    "wörk\ud800",
    "x".repeat(300),
    { "": 1 },
    [null],
    -1,
    1e400,
  ),
);
const name = fc.constantFrom(...NAMES);
const operation = fc.record(
  { op: fc.constantFrom("add", "Replace", "REMOVE"), path: name, value },
  { requiredKeys: ["op"] },
);
const resource = fc
  .dictionary(name, value)
  .map((one) => ({ schemas: [USER, GROUP], userName: "u@nao.invalid", displayName: "d", ...one }));
const filter = fc
  .tuple(
    name,
    fc.constantFrom("eq", "ne", "co", "pr", "gt", "xx"),
    fc.constantFrom('"x"', "true", "1", "null", '"2026-01-01"', ""),
  )
  .map((all) => all.join(" "));

describeOnOneDatabase("SCIM", (database) => {
  it("never fails, whatever is sent", async () => {
    const ask = await providerOf(await addPerson(database(), "administrator", { roles: ["administrator"] }));
    const { body: group } = await ask("POST", "/Groups", { schemas: [GROUP], displayName: "g" });
    const { body: user } = await ask("POST", "/Users", { schemas: [USER], userName: "fuzz@nao.invalid" });
    const requests = fc.oneof(
      fc
        .array(operation, { minLength: 1, maxLength: 3 })
        .map((all) => ["PATCH", `/Users/${user.id}`, patch(...all)] as const),
      fc
        .array(operation, { minLength: 1, maxLength: 3 })
        .map((all) => ["PATCH", `/Groups/${group.id}`, patch(...all)] as const),
      resource.map((one) => ["PUT", `/Users/${user.id}`, one] as const),
      resource.map((one) => ["POST", "/Users", one] as const),
      resource.map((one) => ["POST", "/Groups", one] as const),
      filter.map((one) => ["GET", filtered("Users", one, "&sortBy=name.givenName"), undefined] as const),
      filter.map((one) => ["GET", filtered("Groups", one), undefined] as const),
    );
    await fc.assert(
      fc.asyncProperty(requests, async ([method, path, body]) => {
        const { status, text } = await ask(method, path, body);
        expect(status, `${method} ${path} ${JSON.stringify(body)} ${text}`).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});
