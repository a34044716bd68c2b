import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as approve } from "./approve/send/route.ts";
import { POST } from "./mitigations/[mitigation]/send/route.ts";

describeOnOneDatabase("the form that marks a mitigation as done", (database) => {
  it("takes it once the exception holds, and not before; it is not there for others", async () => {
    const asker = await addPerson(database(), "asker");
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const reference = await exceptionAwaitingApproval(asker, "one");
    const path = `/exceptions/${reference}`;
    const exception = (await getException(officer, reference))?.exception;
    const mitigation = exception?.risks[0]?.mitigations[0]?.id ?? "";
    const send = (actor = asker, id = mitigation) => post(POST, actor, path, {}, { reference, mitigation: id });
    const tooEarly = await send();
    expect(tooEarly.to).toBe(path);
    expect(tooEarly.problems[""]).toMatch(/^This was not recorded\./);
    const [year = "", month = "", day = ""] = exception?.wantedUntil?.split("-") ?? [];
    const until = { "until-day": day, "until-month": month, "until-year": year };
    const approval = { reason: "It helps.", ...until, revision: String(exception?.revision) };
    const approved = await post(approve, officer, `${path}/approve`, approval, { reference });
    expect(approved.problems).toEqual({});
    expect((await send(await addPerson(database(), "emma"))).status).toBe(404);
    expect((await send(asker, "another")).status).toBe(404);
    expect(await send()).toMatchObject({ to: `${path}?done=mitigation#mitigation-${mitigation}`, problems: {} });
    const done = (await getException(asker, reference))?.exception.risks[0]?.mitigations[0]?.doneAt;
    expect(done).toBeInstanceOf(Date);
  });
});
