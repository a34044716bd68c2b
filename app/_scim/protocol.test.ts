import { beforeEach, expect, it } from "vitest";
import { makeTestToken } from "#app/_api/testing/program.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { API_SCOPES } from "#domain/access/api-token/api-token.ts";
import { revokeToken } from "#server/access/api-token/service.ts";
import { listTokens } from "#server/access/api-token/queries.ts";
import { ABSENCE_SCHEMA } from "#domain/people/scim/user.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import {
  ENTERPRISE,
  filtered,
  GROUP,
  patch,
  providerOf,
  providerWith,
  USER,
  type Answer,
  type Provider,
} from "./testing/provider.ts";

const ADDRESSES = [
  "/Users",
  "/Users/x",
  "/Groups",
  "/Groups/x",
  "/ServiceProviderConfig",
  "/Schemas",
  "/ResourceTypes",
  "/Bulk",
  "/Me",
  "/nothing",
  "",
  "/Users/.search",
];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const BODIES: readonly [string, string, [number, string | null]][] = [
  ["{", "application/scim+json", [400, "invalidSyntax"]],
  ["[]", "application/scim+json", [400, "invalidSyntax"]],
  ["null", "application/json", [400, "invalidSyntax"]],
  ['{"__proto__":{}}', "application/json", [400, "invalidSyntax"]],
  [`"${"x".repeat(1_000_001)}"`, "application/json", [413, null]],
  ["{}", "text/plain", [415, null]],
  ["{}", "application/scim+json; charset=utf-8", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a\u0000@nao.invalid" }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: 7 }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a b" }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", active: "maybe" }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", emails: "x" }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", name: "Ann" }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", displayName: "x".repeat(300) }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", userType: "Robot" }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", roles: [{ value: "king" }] }), "application/json", [400, "invalidValue"]],
  [JSON.stringify({ userName: "a@b", [ENTERPRISE]: { manager: { value: "nobody" } } }), "application/json", [400, "invalidValue"]], // prettier-ignore
];
const NO_FILTERS = [
  "userName",
  "userName eq",
  'userName is "x"',
  'nothing eq "x"',
  '(userName eq "x"',
  'userName eq "x" and',
  'emails[type eq "work"',
  'userName eq "x" "y"',
  'meta.created gt "yesterday"',
  'active gt "x"',
  "%00",
  "(".repeat(500),
];
const NO_PATCHES: readonly [object, string][] = [
  [{ op: "replace", path: "nothing", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "emails[type eq", value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[type xx "work"].value', value: "x" }, "invalidFilter"],
  [{ op: "replace", path: 'emails[type eq "home"].value', value: "a@b" }, "noTarget"],
  [{ op: "remove" }, "noTarget"],
  [{ op: "replace", path: "id", value: "x" }, "mutability"],
  [{ op: "add", path: "groups", value: [{ value: "x" }] }, "mutability"],
  [{ op: "replace", path: "meta.created", value: "x" }, "mutability"],
  [{ op: "remove", path: "userName" }, "invalidValue"],
  [{ op: "replace", value: "x" }, "invalidValue"],
  [{ op: "move", path: "userName", value: "x" }, "invalidSyntax"],
  [{ op: "add", path: "displayName" }, "invalidValue"],
  [{ op: "replace", path: "active", value: "perhaps" }, "invalidValue"],
  [{ op: "replace", path: "userName", value: "administrator@nao.invalid" }, "uniqueness"],
];

describeOnEachDatabase("SCIM", (database) => {
  let administrator: Actor;
  let ask: Provider;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    ask = await providerOf(administrator);
  });
  const user = (name: string, more: object = {}) => ({
    schemas: [USER],
    userName: `${name}@nao.invalid`,
    displayName: name,
    ...more,
  });
  const create = async (name: string, more: object = {}) => (await ask("POST", "/Users", user(name, more))).body;
  const group = async (displayName: string, ...ids: string[]) =>
    (await ask("POST", "/Groups", { schemas: [GROUP], displayName, members: ids.map((value) => ({ value })) })).body;
  const rolesOf = async (id: string) => (await database().prisma.person.findUniqueOrThrow({ where: { id } })).roles;
  const refused = ({ status, body }: Answer) => [status, body.scimType ?? null];

  it("answers 401 on every address, by every method, without a valid token, and says nothing of what is there", async () => {
    for (const token of [null, `wc_${"A".repeat(43)}`])
      for (const path of ADDRESSES)
        for (const method of METHODS) {
          const { status, body, headers } = await providerWith(token)(method, path);
          expect([status, body.status], `${method} ${path}`).toEqual([401, "401"]);
          expect(headers.get("www-authenticate")).toContain("Bearer");
        }
  });

  it("opens with a token for the directory alone, and that opens nothing else", async () => {
    const reading = providerWith(await makeTestToken(administrator, API_SCOPES));
    for (const path of ADDRESSES) expect((await reading("GET", path)).status, path).toBe(403);
    const tokens = (await listTokens(administrator)) ?? [];
    expect(tokens.map(({ scopes }) => scopes.join())).toContain("directory");
    for (const { reference } of tokens) await revokeToken(administrator, reference);
    expect((await ask("GET", "/Users")).status).toBe(401);
  });

  it("says in its own form what is not there and what is not possible", async () => {
    expect(await ask("GET", "/nothing").then(refused)).toEqual([404, null]);
    expect(await ask("GET", "/Users/a/b").then(refused)).toEqual([404, null]);
    expect(await ask("POST", "/Bulk", {}).then(refused)).toEqual([501, null]);
    expect(await ask("GET", "/Me").then(refused)).toEqual([501, null]);
    const { status, headers } = await ask("DELETE", "/Users");
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
    expect((await ask("PUT", "/Schemas", {})).status).toBe(405);
  });

  it("describes itself as it is", async () => {
    const { body } = await ask("GET", "/ServiceProviderConfig");
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      authenticationSchemes: [{ type: "oauthbearertoken" }],
    });
    const types = await ask("GET", "/ResourceTypes");
    expect(types.body.Resources.map(({ id }) => id)).toEqual(["User", "Group"]);
    expect((await ask("GET", "/ResourceTypes/User")).body).toMatchObject({
      endpoint: "/Users",
      schemaExtensions: [
        { schema: ENTERPRISE, required: false },
        { schema: ABSENCE_SCHEMA, required: false },
      ],
    });
    for (const id of [USER, ENTERPRISE, GROUP]) expect((await ask("GET", `/Schemas/${id}`)).body.id).toBe(id);
    for (const path of ["/Schemas/nothing", "/ResourceTypes/Thing", "/ServiceProviderConfig/x"])
      expect((await ask("GET", path)).status, path).toBe(404);
  });

  it("refuses a body that it cannot use, and keeps nothing", async () => {
    for (const [text, type, wanted] of BODIES) {
      const answer = await ask("POST", "/Users", text, { "content-type": type });
      expect(refused(answer), text.slice(0, 100)).toEqual(wanted);
      for (const [method, path] of [
        ["POST", "/Groups"],
        ["PATCH", "/Users/administrator"],
      ] as const)
        expect((await ask(method, path, text, { "content-type": type })).status, path).toBeGreaterThanOrEqual(400);
    }
    expect(await database().prisma.person.count()).toBe(1);
  });

  it("names every role where one is unknown", async () => {
    const { body } = await ask("POST", "/Users", user("a", { roles: [{ value: "king" }] }));
    expect(body.detail).toContain("governance-officer");
    expect((await create("b", { roles: ["Governance officer", { value: "auditor" }] })).roles).toEqual([
      { value: "governance-officer" },
      { value: "auditor" },
    ]);
  });

  it("refuses a filter that it cannot read or has nothing for", async () => {
    for (const filter of NO_FILTERS)
      for (const kind of ["Users", "Groups"] as const)
        expect(await ask("GET", filtered(kind, filter)).then(refused), filter).toEqual([400, "invalidFilter"]);
  });

  it("filters by every attribute that it keeps, and by several", async () => {
    await create("ann", {
      externalId: "e1",
      name: { givenName: "Ann", familyName: "O_Hara" },
      roles: ["auditor"],
      userType: "Vendor",
    });
    await create("bob", {
      name: { givenName: "Bob", familyName: 'the "Builder" (100%)' },
      [ENTERPRISE]: { department: "Depot" },
      active: false,
    });
    const names = async (filter: string) => {
      const { status, body } = await ask("GET", filtered("Users", filter));
      expect(status, `${filter} ${body.detail}`).toBe(200);
      return body.Resources.map(({ displayName }) => displayName.toLowerCase())
        .sort()
        .join();
    };
    const wanted: Record<string, string> = {
      'userName sw "AN"': "ann",
      'userName eq "ann@nao.invalid" or userName eq "BOB@nao.invalid"': "ann,bob",
      '(userName co "a" or externalId pr) and not (active eq false)': "ann,person administrator",
      'active eq "False"': "bob",
      "active ne true": "bob",
      'externalId eq "e1"': "ann",
      'name.familyName eq "o_hara"': "ann",
      'name.familyName eq "oxhara"': "",
      'name.familyName eq "the \\"Builder\\" (100%)"': "bob",
      'name.familyName co "0%)"': "bob",
      'name.familyName co "o%ra"': "",
      'name.familyName sw "o%"': "",
      'name.familyName ew "_"': "",
      'name.familyName co "o_h"': "ann",
      'userName sw "a%"': "",
      'displayName ew "_n"': "",
      'externalId co "%"': "",
      'roles eq "auditor"': "ann",
      'roles[value eq "auditor"]': "ann",
      'userType eq "vendor"': "ann",
      [`${ENTERPRISE}:department eq "depot"`]: "bob",
      "urn:ietf:params:scim:schemas:core:2.0:User:displayName eq ann": "ann",
      'emails.value ew "@nao.invalid" and displayName lt "b"': "ann",
      'emails[type eq "home"]': "",
      'title eq "x"': "",
      'meta.created gt "2020-01-01T00:00:00Z" and userName ne "administrator@nao.invalid"': "ann,bob",
    };
    for (const [filter, found] of Object.entries(wanted)) expect(await names(filter), filter).toBe(found);
  });

  it("finds groups by what is written, of which nothing stands for other letters", async () => {
    await group("Depot");
    await group("100%_Yard");
    const names = async (filter: string) =>
      (await ask("GET", filtered("Groups", filter))).body.Resources.map(({ displayName }) => displayName).join();
    expect(await names('displayName co "%"')).toBe("100%_Yard");
    expect(await names('displayName sw "d_p"')).toBe("");
    expect(await names('displayName ew "%t"')).toBe("");
    expect(await names('displayName co "%_y"')).toBe("100%_Yard");
  });

  it("turns pages in one order, whatever is asked of it", async () => {
    for (const name of ["a", "b", "c", "d"]) await create(name);
    const page = async (query: string) => {
      const { body } = await ask("GET", `/Users?${query}`);
      return [
        body.totalResults,
        body.startIndex,
        body.itemsPerPage,
        body.Resources.map((one) => one.displayName.slice(0, 1)).join(""),
      ];
    };
    expect(await page("startIndex=2&count=2")).toEqual([5, 2, 2, "ab"]);
    expect(await page("startIndex=4&count=100")).toEqual([5, 4, 2, "cd"]);
    expect(await page("startIndex=99")).toEqual([5, 99, 0, ""]);
    expect(await page("startIndex=-3&count=1")).toEqual([5, 1, 1, "P"]);
    expect(await page("count=0")).toEqual([5, 1, 0, ""]);
    expect(await page("count=-1")).toEqual([5, 1, 0, ""]);
    expect(
      await page("sortBy=userName&sortOrder=descending&count=2&filter=userName+ne+%22administrator@nao.invalid%22"),
    ).toEqual([4, 1, 2, "dc"]);
    for (const [query, scimType] of [
      ["count=x", "invalidValue"],
      ["startIndex=1.5", "invalidValue"],
      ["sortBy=nothing", "invalidPath"],
      ["sortOrder=up", "invalidValue"],
    ])
      expect(await ask("GET", `/Users?${query}`).then(refused), query).toEqual([400, scimType]);
    const search = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
      filter: 'userName sw "b"',
      attributes: ["userName"],
    };
    const { body } = await ask("POST", "/Users/.search", search);
    expect(body.Resources).toMatchObject([{ schemas: [USER, ENTERPRISE], userName: "b@nao.invalid" }]);
    expect(Object.keys(body.Resources[0] ?? {}).sort()).toEqual(["id", "schemas", "userName"]);
    expect((await ask("POST", "/Users/.search", {})).status).toBe(400);
  });

  it("sends the attributes that are asked for", async () => {
    const { id } = await create("ann", {
      name: { givenName: "Ann", familyName: "Lee" },
      [ENTERPRISE]: { department: "Depot" },
    });
    const keys = async (query: string) =>
      Object.keys((await ask("GET", `/Users/${id}?${query}`)).body)
        .sort()
        .join();
    expect(await keys("attributes=userName,NAME.givenname")).toBe("id,name,schemas,userName");
    expect((await ask("GET", `/Users/${id}?attributes=name.givenName`)).body.name).toEqual({ givenName: "Ann" });
    expect((await ask("GET", `/Users/${id}?attributes=emails.value`)).body.emails).toEqual([
      { value: "ann@nao.invalid" },
    ]);
    expect((await ask("GET", `/Users/${id}?attributes=${ENTERPRISE}:department`)).body[ENTERPRISE]).toEqual({
      department: "Depot",
    });
    expect(await keys("excludedAttributes=emails,meta,id,active,name,displayName,userType")).toBe(
      `id,schemas,${ENTERPRISE},userName`,
    );
    expect(await ask("GET", `/Users/${id}?attributes=id&excludedAttributes=name`).then(refused)).toEqual([
      400,
      "invalidValue",
    ]);
  });

  it("refuses a patch of which one operation cannot be done, and does nothing of it", async () => {
    const before = await create("ann");
    const first = { op: "replace", path: "displayName", value: "Changed" };
    for (const [operation, scimType] of NO_PATCHES) {
      const answer = await ask("PATCH", `/Users/${before.id}`, patch(first, operation));
      const wanted = [scimType === "uniqueness" ? 409 : 400, scimType];
      expect(refused(answer), JSON.stringify(operation)).toEqual(wanted);
    }
    expect((await ask("GET", `/Users/${before.id}`)).body).toEqual(before);
  });

  it("refuses a patch that is none", async () => {
    const { id } = await create("ann");
    for (const body of [{}, { Operations: [] }, { schemas: [USER], Operations: [{ op: "add", value: {} }] }, patch()])
      expect(await ask("PATCH", `/Users/${id}`, body).then(refused)).toEqual([400, "invalidSyntax"]);
  });

  it("changes what nobody changed since it was read", async () => {
    const { id, meta } = await create("ann");
    const read = await ask("GET", `/Users/${id}`);
    expect(read.headers.get("etag")).toBe(meta.version);
    expect((await ask("GET", `/Users/${id}`, undefined, { "if-none-match": meta.version })).status).toBe(304);
    const rename = patch({ op: "replace", path: "displayName", value: "Anna" });
    const changed = await ask("PATCH", `/Users/${id}`, rename, { "if-match": meta.version });
    expect(changed.status).toBe(200);
    expect(changed.body.meta.version).not.toBe(meta.version);
    for (const [method, body] of [
      ["PATCH", rename],
      ["PUT", user("ann")],
      ["DELETE", undefined],
    ] as const)
      expect((await ask(method, `/Users/${id}`, body, { "if-match": meta.version })).status, method).toBe(412);
    expect((await ask("PATCH", `/Users/${id}`, rename, { "if-match": "*" })).status).toBe(200);
    const made = await group("Depot");
    const [stale] = [made.meta.version];
    await ask("PATCH", `/Groups/${made.id}`, patch({ op: "add", path: "members", value: [{ value: id }] }), {
      "if-match": stale,
    });
    expect((await ask("DELETE", `/Groups/${made.id}`, undefined, { "if-match": stale })).status).toBe(412);
  });

  it("has a new version after a change of what the portal itself does not show, and the old one after none", async () => {
    const made = await create("ann", { name: { givenName: "Ann", familyName: "Lee" } });
    const rename = (familyName: string) =>
      ask("PATCH", `/Users/${made.id}`, patch({ op: "replace", path: "name.familyName", value: familyName }));
    const { headers, body } = await rename("Lowe");
    const { version, lastModified } = body.meta;
    expect(headers.get("etag")).toBe(version);
    expect(version).not.toBe(made.meta.version);
    expect(Date.parse(lastModified)).toBeGreaterThan(Date.parse(made.meta.lastModified));
    expect((await rename("Lowe")).body.meta).toEqual(body.meta);
    expect(
      await ask("DELETE", `/Users/${made.id}`, undefined, { "if-match": made.meta.version }).then(refused),
    ).toEqual([412, null]);
  });

  it("lets one of two make a user, a group or a team at once", async () => {
    const made = await Promise.all([1, 2, 3].map(() => ask("POST", "/Users", user("twin"))));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const groups = await Promise.all(
      [1, 2].map(() => ask("POST", "/Groups", { schemas: [GROUP], displayName: "Twin" })),
    );
    expect(groups.map(({ status }) => status).sort()).toEqual([201, 409]);
    const teams = await Promise.all(
      ["x", "y", "z"].map((name) => ask("POST", "/Users", user(name, { [ENTERPRISE]: { department: "New" } }))),
    );
    expect(teams.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await database().prisma.team.count()).toBe(1);
  });

  it("sees and changes nobody of another body, and does not say who is there", async () => {
    const theirs = await addPerson(database(), "theirs", { body: "nottingham" });
    const other = await providerOf(
      await addPerson(database(), "admin-2", { body: "nottingham", roles: ["administrator"] }),
    );
    const theirGroup = (
      await other("POST", "/Groups", { schemas: [GROUP], displayName: "Auditor", members: [{ value: "theirs" }] })
    ).body;
    const rename = patch({ op: "replace", path: "displayName", value: "X" });
    for (const path of ["/Users/theirs", `/Groups/${theirGroup.id}`]) {
      const sent = path.startsWith("/Users") ? user("x") : { schemas: [GROUP], displayName: "X" };
      for (const [method, body] of [["GET"], ["PUT", sent], ["PATCH", rename], ["DELETE"]] as const)
        expect((await ask(method, path, body)).status, `${method} ${path}`).toBe(404);
    }
    expect((await ask("GET", "/Users")).body.totalResults).toBe(1);
    expect((await ask("GET", "/Groups")).body.totalResults).toBe(0);
    const taken = await ask("POST", "/Users", { ...user("x"), userName: theirs.email });
    const own = await ask("POST", "/Users", { ...user("x"), userName: administrator.email });
    expect([taken.status, taken.body]).toEqual([409, own.body]);
    expect(
      refused(await ask("POST", "/Groups", { schemas: [GROUP], displayName: "G", members: [{ value: "theirs" }] })),
    ).toEqual([400, "invalidValue"]);
    const { body } = await ask("POST", "/Users", user("y", { [ENTERPRISE]: { manager: { value: "theirs" } } }));
    expect(body.scimType).toBe("invalidValue");
    expect((await other("GET", "/Users/theirs")).body.displayName).toBe("Person theirs");
  });

  it("changes nothing of what whoever made its token may do, and tells the other administrators once", async () => {
    const second = await addPerson(database(), "second", { roles: ["employee", "administrator"] });
    await addTeam(database(), "own", { managerId: "administrator" });
    const { id } = await create("ann");
    await addPerson(database(), "boss");
    await database().prisma.person.update({ where: { id: "boss" }, data: { teamId: "own" } });
    await database().prisma.person.update({ where: { id }, data: { teamId: "own", managerId: "boss" } });
    await database().prisma.person.update({ where: { id: "administrator" }, data: { managerId: "second" } });
    const auditors = await group("Auditor");
    const choir = await group("Choir", "administrator");
    const before = await database().prisma.person.findMany({ orderBy: { id: "asc" } });
    const evidence = await database().prisma.evidence.count();
    const set = (path: string, value: unknown) => patch({ op: "replace", path, value });
    const own: [string, string, unknown?][] = [
      ["PATCH", "/Users/administrator", set("roles", [{ value: "administrator" }, { value: "auditor" }])],
      ["PATCH", "/Users/administrator", patch({ op: "remove", path: "roles" })],
      ["PATCH", "/Users/administrator", set(`${ENTERPRISE}:department`, "Depot")],
      ["PATCH", "/Users/administrator", set(`${ENTERPRISE}:manager`, id)],
      ["PATCH", "/Users/administrator", patch({ op: "remove", path: `${ENTERPRISE}:manager` })],
      ["PUT", "/Users/administrator", { ...user("administrator"), roles: [] }],
      ["PATCH", "/Users/second", set("active", false)],
      ["PATCH", "/Users/second", set(`${ENTERPRISE}:manager`, "administrator")],
      ["PATCH", "/Users/second", set(`${ENTERPRISE}:department`, "Team own")],
      ["PATCH", `/Users/${id}`, patch({ op: "remove", path: `${ENTERPRISE}:manager` })],
      ["PATCH", "/Users/boss", set("active", false)],
      ["DELETE", "/Users/boss"],
      ["POST", "/Users", user("new", { [ENTERPRISE]: { manager: { value: "administrator" } } })],
      ["POST", "/Users", user("new", { [ENTERPRISE]: { department: "team OWN" } })],
      ["POST", "/Groups", { schemas: [GROUP], displayName: "policy-owner", members: [{ value: "administrator" }] }],
      ["PATCH", `/Groups/${auditors.id}`, patch({ op: "add", path: "members", value: [{ value: id }, { value: "administrator" }] })], // prettier-ignore
      ["PUT", `/Groups/${auditors.id}`, { schemas: [GROUP], displayName: "Auditor", members: [{ value: "administrator" }] }], // prettier-ignore
      ["PATCH", `/Groups/${choir.id}`, set("displayName", "Policy owner")],
    ];
    for (const [method, path, body] of own) {
      const answer = await ask(method, path, body);
      expect(refused(answer), `${method} ${path} ${JSON.stringify(body)}`).toEqual([403, null]);
      expect(answer.body.detail).toMatch(/nother administrator/);
    }
    expect(await database().prisma.person.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    expect(await database().prisma.evidence.count()).toBe(evidence);
    const told = await database().prisma.notice.findMany({ where: { kind: "own-change-refused" } });
    expect(new Set(told.map(({ personId }) => personId))).toEqual(new Set(["second"]));
    expect(new Set(told.map(({ href }) => href)).size).toBe(told.length);

    // Setting what is set already is no change, and what others may do is not the token maker's permission.
    const read = (await ask("GET", "/Users/administrator")).body;
    expect((await ask("PUT", "/Users/administrator", read)).status).toBe(200);
    expect((await ask("PATCH", "/Users/administrator", set("displayName", "A. Administrator"))).status).toBe(200);
    expect((await ask("PATCH", `/Groups/${choir.id}`, patch({ op: "remove", path: "members" }))).status).toBe(204);
    const others = await providerOf(second);
    expect(
      (await others("PATCH", "/Users/administrator", patch({ op: "remove", path: `${ENTERPRISE}:manager` }))).status,
    ).toBe(200);
    expect(
      (await others("PATCH", "/Users/administrator", set("roles", [{ value: "administrator" }, { value: "auditor" }])))
        .status,
    ).toBe(200);
    expect(await rolesOf("administrator")).toEqual(["employee", "auditor", "administrator"]);
  });

  it("names the attribute of a name or an address that is none, and takes back what is kept already", async () => {
    const { id } = await create("ann");
    const depot = await group("Depot");
    for (const [path, more] of [
      ["displayName", { displayName: "=cmd|x" }],
      ["displayName", { displayName: "Ann\u202eLee" }],
      ["name.givenName", { name: { givenName: "An\u00adn" } }],
      ["name.familyName", { name: { familyName: "mailto:lee" } }],
      ["name.formatted", { name: { formatted: "\uff1dAnn" } }],
      [`${ENTERPRISE}:department`, { [ENTERPRISE]: { department: "@Depot" } }],
      ['emails[type eq "work"].value', { emails: [{ value: "SMTP:a@nao.invalid", type: "work" }] }],
      ['emails[type eq "work"].value', { emails: [{ value: "a\u200e@nao.invalid", type: "work" }] }],
      ["userName", { userName: "a\u2060b@nao.invalid" }],
    ] as const) {
      const answers = [
        await ask("POST", "/Users", user("new", more)),
        await ask("PUT", `/Users/${id}`, user("ann", more)),
        await ask("PATCH", `/Users/${id}`, patch({ op: "replace", value: more })),
      ];
      for (const answer of answers) {
        expect(refused(answer), JSON.stringify(more)).toEqual([400, "invalidValue"]);
        expect(answer.body.detail).toContain(`"${path}": `);
      }
    }
    for (const displayName of ["=1+1", "Dep\ufeffot", "smtp:depot"])
      for (const [method, path, body] of [
        ["POST", "/Groups", { schemas: [GROUP], displayName }],
        ["PUT", `/Groups/${depot.id}`, { schemas: [GROUP], displayName }],
        ["PATCH", `/Groups/${depot.id}`, patch({ op: "replace", path: "displayName", value: displayName })],
      ] as const)
        expect(refused(await ask(method, path, body)), `${method} ${displayName}`).toEqual([400, "invalidValue"]);
    await database().prisma.person.update({ where: { id }, data: { name: "=old", email: "-old@nao.invalid" } });
    const read = (await ask("GET", `/Users/${id}`)).body;
    expect((await ask("PUT", `/Users/${id}`, { ...read, active: false })).body).toMatchObject({
      active: false,
      displayName: "=old",
    });
  });

  it("of two administrators who take the role from each other at once, keeps one", async () => {
    const second = await addPerson(database(), "second", { roles: ["employee", "administrator"] });
    const askAsSecond = await providerOf(second);
    const off = patch({ op: "replace", path: "active", value: false });
    const both = await Promise.all([
      ask("PATCH", "/Users/second", off),
      askAsSecond("PATCH", "/Users/administrator", off),
    ]);
    expect(both.map(({ status }) => status === 200).sort()).toEqual([false, true]);
    expect(await database().prisma.person.count({ where: { status: "active" } })).toBe(1);
  });

  it("gives and takes a role with a group that is called like it, and leaves the others", async () => {
    const { id } = await create("ann", { roles: ["policy-owner"] });
    const officers = await group("Governance officer", id);
    expect(await rolesOf(id)).toEqual(["employee", "governance-officer", "policy-owner"]);
    expect((await ask("PATCH", `/Users/${id}`, patch({ op: "remove", path: "roles" }))).status).toBe(200);
    expect(await rolesOf(id), "what the group gives stays").toEqual(["employee", "governance-officer"]);
    await ask("PATCH", `/Groups/${officers.id}`, patch({ op: "replace", path: "displayName", value: "auditor" }));
    expect(await rolesOf(id)).toEqual(["employee", "auditor"]);
    const plain = await group("Choir", id);
    await ask("DELETE", `/Groups/${plain.id}`);
    expect(await rolesOf(id)).toEqual(["employee", "auditor"]);
    await ask("PATCH", `/Groups/${officers.id}`, patch({ op: "remove", path: `members[value eq "${id}"]` }));
    expect(await rolesOf(id)).toEqual(["employee"]);
    await ask("PATCH", `/Groups/${officers.id}`, patch({ op: "add", path: "members", value: { value: id } }));
    await ask("DELETE", `/Users/${id}`);
    expect((await ask("GET", `/Groups/${officers.id}`)).body.members).toEqual([]);
  });

  it("refuses what groups do not have, and does nothing of it", async () => {
    const { id } = await group("Depot", "administrator");
    for (const [operation, scimType] of [
      [{ op: "replace", path: "nothing", value: "x" }, "invalidPath"],
      [{ op: "remove", path: "displayName" }, "mutability"],
      [{ op: "replace", path: "id", value: "x" }, "mutability"],
      [{ op: "add", path: "members", value: [{ value: "nobody" }] }, "invalidValue"],
      [{ op: "add", path: "members", value: "administrator" }, "invalidValue"],
      [{ op: "add", path: "members", value: [{ value: "administrator", type: "Group" }] }, "invalidValue"],
      [{ op: "remove", path: "members[display eq 1]" }, "invalidFilter"],
      [{ op: "replace", path: "displayName", value: " " }, "invalidValue"],
    ] as const) {
      const answer = await ask(
        "PATCH",
        `/Groups/${id}`,
        patch({ op: "replace", path: "displayName", value: "X" }, operation),
      );
      expect(refused(answer), JSON.stringify(operation)).toEqual([400, scimType]);
    }
    expect((await ask("GET", `/Groups/${id}`)).body).toMatchObject({
      displayName: "Depot",
      members: [{ value: "administrator" }],
    });
  });

  it("writes who did what into the evidence: the token, and no name", async () => {
    const [{ reference } = { reference: "" }] = (await listTokens(administrator)) ?? [];
    const { id } = await create("ann", { roles: ["auditor"] });
    await ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "userName", value: "Ann-Secret" }));
    await group("Choir-Secret", id);
    await ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "roles", value: [] }));
    const rows = await database().prisma.evidence.findMany({
      where: { actor: reference },
      orderBy: { position: "asc" },
    });
    expect(rows.map(({ event }) => event)).toEqual([
      "person.added",
      "person.changed",
      "directory-group.added",
      "person.roles-changed",
    ]);
    expect(JSON.stringify(rows)).not.toContain("Secret");
  });
});
