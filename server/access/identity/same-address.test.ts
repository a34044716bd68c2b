import fc from "fast-check";
import { expect, it } from "vitest";
import { normaliseEmail, readClaims } from "#domain/access/identity/provider-claim.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { findPersonByEmail } from "./repository.ts";

const NAMES = {
  emailClaim: "email",
  trustsEmail: false,
  groupsClaim: "groups",
  groupRoles: new Map(),
  groupBodies: new Map(),
};
const letters = [..."aAe_%.+'\\kK\u212as\u017fi\u0130\u0131"];
const local = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }).map((all) => all.join(""));

describeOnEachDatabase("the person a sign-in finds", (database) => {
  it("has the given address, ignoring case: two addresses match only if they are equal", async () => {
    await addPerson(database(), "ann");
    await fc.assert(
      fc.asyncProperty(local, local, async (kept, claimed) => {
        const addressIn = (email: string) => readClaims({ idToken: { email }, userInfo: {} }, NAMES).email;
        const [stored, said] = [addressIn(`${kept}@x.invalid`), addressIn(`${claimed}@x.invalid`)];
        fc.pre(stored !== null);
        await database().prisma.person.update({ where: { id: "ann" }, data: { email: stored ?? "" } });
        const found = said === null ? null : await findPersonByEmail(database().prisma, said);
        const isSame = normaliseEmail(`${kept}@x.invalid`) === normaliseEmail(`${claimed}@x.invalid`);
        expect(found?.id ?? null, `${kept} ${claimed}`).toBe(isSame ? "ann" : null);
      }),
      {
        numRuns: 60,
        examples: [
          ["ann.lee", "ann_lee"],
          ["office1", "office_"],
          ["abc", "a%"],
          ["K", "\u212a"],
          ["k", "K"],
        ],
      },
    );
  });
});
