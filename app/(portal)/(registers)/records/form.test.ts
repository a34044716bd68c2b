import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { makeFormTicket, TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { GET, POST } from "./export/send/route.ts";

const on = { body: "example-borough" };

describeOnOneDatabase("the form that hands out what a search of records found", (database) => {
  it("answers with a file and writes it down; it is not there for others", async () => {
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const employee = await addPerson(database(), "emma", on);
    const written = () => database().prisma.evidence.count({ where: { event: "record.exported" } });
    const sent = { q: "hall", standing: "kept", from: "2027-02-31" };
    expect((await post(POST, employee, "/records", sent)).status).toBe(404);
    expect(await written()).toBe(0);
    expect(await post(POST, officer, "/records", sent)).toMatchObject({ status: 200, to: "", problems: {} });
    expect(await written()).toBe(1);
  });

  it("hands nothing out where somebody else opened the form, and keeps what was typed for them alone", async () => {
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const other = await addPerson(database(), "otto", { ...on, roles: ["governance-officer"] });
    const sent = { q: "hall", person: "Emma", [TICKET_FIELD]: makeFormTicket(other) };
    const { status, to } = await post(POST, officer, "/records", sent);
    expect([status, to]).toEqual([303, expect.stringMatching(/^\/sign-in\?returnTo=/)]);
    expect(await database().prisma.evidence.count()).toBe(0);
    expect(await database().prisma.formInput.findMany()).toMatchObject([{ personId: "otto", path: "/records" }]);
    expect((await post(POST, officer, "/records", { person: "Emma" })).status, "who searches by name").toBe(200);
  });

  it("leads who opens its address to the records", async () => {
    const opened = await GET(new Request("https://portal.invalid/records/export/send"), {
      params: Promise.resolve({}),
    });
    expect(opened.headers.get("location")).toBe("/records");
  });
});
