import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as revoke } from "./revoke/send/route.ts";
import { POST } from "./send/route.ts";

const PATH = "/admin/signing-keys";

describeOnOneDatabase("the forms of signing keys", (database) => {
  it("make a key once for what the page showed, and revoke it for good", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    for (let press = 0; press < 2; press++)
      expect((await post(POST, administrator, PATH, { seen: "" })).to).toBe(`${PATH}?done=1`);
    const keys = await database().prisma.signingKey.findMany();
    expect(keys).toHaveLength(1);
    const kid = keys[0]?.kid ?? "";
    const unsaid = await post(revoke, administrator, `${PATH}/revoke`, { kid, because: "boredom" });
    expect(unsaid).toMatchObject({ to: `${PATH}/revoke`, kept: { kid, because: "boredom" } });
    expect(unsaid.problems).toEqual({ because: "Say why the key is revoked." });
    const done = await post(revoke, administrator, `${PATH}/revoke`, { kid, because: "compromised" });
    expect(done.to).toBe(`${PATH}?done=revoked`);
    const again = await post(revoke, administrator, `${PATH}/revoke`, { kid, because: "compromised" });
    expect(again.problems).toEqual({ kid: "This key is revoked already." });
  });

  it("are not there for others", async () => {
    const employee = await addPerson(database(), "emma");
    expect((await post(POST, employee, PATH, { seen: "" })).status).toBe(404);
    expect((await post(revoke, employee, `${PATH}/revoke`)).status).toBe(404);
  });
});
