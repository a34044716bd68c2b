import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as CORRECT } from "../[reference]/send/route.ts";
import { POST } from "./send/route.ts";

const CHECK = { policy: "nottingham", kind: "survey", heldBy: "A team", takenBy: "40 of 60", result: "Most knew." };
const DAY = { "heldOn-day": "1", "heldOn-month": "1", "heldOn-year": "2026" };

describeOnOneDatabase("the form of a check that was held", (database) => {
  it("records it once, and keeps what was typed where something is missing", async () => {
    const owner = await addPerson(database(), "owner", { body: "nottingham", roles: ["policy-owner"] });
    const refused = await post(POST, owner, "/checks-held/new", CHECK);
    expect(refused).toMatchObject({ to: "/checks-held/new", kept: CHECK, problems: { heldOn: "Enter the day." } });
    const { to } = await post(POST, owner, "/checks-held/new", { ...CHECK, ...DAY, startKey: "one" });
    expect(to).toMatch(/^\/checks-held\/SUR-.{9}\?done=1$/);
    expect((await post(POST, owner, "/checks-held/new", { ...CHECK, ...DAY, startKey: "one" })).to).toBe(to);
  });

  it("is corrected on its page, and keeps what was typed where the reason is missing", async () => {
    const owner = await addPerson(database(), "owner", { body: "nottingham", roles: ["policy-owner"] });
    const { to } = await post(POST, owner, "/checks-held/new", { ...CHECK, ...DAY, startKey: "one" });
    const path = to.replace("?done=1", "");
    const params = { reference: path.split("/").at(-1) ?? "" };
    const corrected = { ...CHECK, ...DAY, do: "correct", seen: "0", result: "All knew." };
    const refused = await post(CORRECT, owner, path, corrected, params);
    expect(refused.kept).toMatchObject({ result: "All knew." });
    expect(refused.problems["why"]).toBe("Say why you are correcting it.");
    expect((await post(CORRECT, owner, path, { ...corrected, why: "A slip." }, params)).to).toBe(path);
    const auditor = await addPerson(database(), "auditor", { body: "nottingham", roles: ["auditor"] });
    expect((await post(CORRECT, auditor, path, { ...corrected, why: "A slip." }, params)).status).toBe(404);
  });

  it("is not there for others", async () => {
    const employee = await addPerson(database(), "emma", { body: "nottingham" });
    expect((await post(POST, employee, "/checks-held/new", { ...CHECK, ...DAY })).status).toBe(404);
  });
});
