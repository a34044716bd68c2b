import { expect, it } from "vitest";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { useRunning } from "#server/shell/schedule/running.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { countRequests } from "./process.ts";
import { getMetrics } from "./queries.ts";
import { shared } from "#server/base/process-shared.mjs";

const TOKEN = "t".repeat(40);
const AT = new Date("2026-11-24T10:00:00Z");

describeOnEachDatabase("getMetrics", (database) => {
  const lines = async () => {
    const metrics = await getMetrics(TOKEN, TOKEN);
    if (metrics === "refused") throw new Error("Refused.");
    return metrics.text.split("\n");
  };

  it("is for who has the token, and for nobody where none is set", async () => {
    for (const given of ["", "t".repeat(39), `${TOKEN}t`, "u".repeat(40)])
      expect(await getMetrics(given, TOKEN)).toBe("refused");
    expect(await getMetrics("", null)).toBe("refused");
    expect(await getMetrics(TOKEN)).toBe("refused");
    expect(await getMetrics(TOKEN, TOKEN)).not.toBe("refused");
  });

  it("counts requests by method and class of status, whatever a client calls its method", async () => {
    countRequests();
    const { requestDone: done } = shared;
    if (!done) throw new Error("Nobody counts.");
    const before = (await lines()).join("\n");
    const already = Number(/requests_total\{method="GET",status="2xx"\} (\d+)/.exec(before)?.[1] ?? 0);
    done({ method: "GET", status: 200, seconds: 0.03 });
    done({ method: "GET", status: 204, seconds: 3 });
    done({ method: "BREW", status: 503, seconds: 0.1 });
    const after = await lines();
    expect(after).toContain(`with_care_requests_total{method="GET",status="2xx"} ${already + 2}`);
    expect(after.some((line) => line.startsWith(`with_care_requests_total{method="other",status="5xx"}`))).toBe(true);
    expect(
      after.some((line) => line.startsWith(`with_care_request_duration_seconds_bucket{le="0.05",method="GET"}`)),
    ).toBe(true);
    expect(after.join("\n")).not.toContain("BREW");
    expect(after.some((line) => line.startsWith("process_resident_memory_bytes "))).toBe(true);
  });

  it("says how jobs, mail, evidence and content are, and names nobody", async () => {
    const { prisma } = database();
    const person = { id: "person-1", body: "nao", employer: "NAO", name: "Una Sampleton", email: "una@x.invalid" };
    await prisma.person.create({ data: { ...person, roles: ["employee"] } });
    const mail = { body: "nao", personId: "person-1", subject: "Secret", content: {}, nextTryAt: AT, createdAt: AT };
    const day = (digestDay: string) => ({ ...mail, id: digestDay, messageId: digestDay, digestDay });
    await prisma.mail.createMany({ data: [day("2026-11-23"), { ...day("2026-11-24"), state: "dead" }] });
    const run = { job: "send-mail", dueAt: AT, startedAt: AT, endedAt: AT };
    await prisma.jobRun.create({ data: { ...run, id: "a", attempt: 1, failure: "broke" } });
    await prisma.jobRun.create({ data: { ...run, id: "b", attempt: 2, result: "done" } });
    const event = { body: "nao", event: "policy.declined" as const, at: AT, actor: "person-1", subject: "ACK-1" };
    await transact(() => Promise.resolve({ result: null, evidence: [event, event] }));
    useRunning({ kind: "failed", reason: "planted", tries: 4, nextTryAt: AT });
    const found = await lines();
    useRunning(undefined);
    expect(found).toEqual(
      expect.arrayContaining([
        "with_care_database_up 1",
        "with_care_content_faults 0",
        "with_care_timed_work_running 0",
        "with_care_timed_work_failed_starts 4",
        `with_care_job_last_success_timestamp_seconds{job="send-mail"} ${AT.getTime() / 1000}`,
        `with_care_job_last_failure_timestamp_seconds{job="send-mail"} ${AT.getTime() / 1000}`,
        `with_care_job_failures{job="send-mail"} 1`,
        `with_care_mails{state="waiting"} 1`,
        `with_care_mails{state="dead"} 1`,
        `with_care_evidence_head_position{body="nao"} 2`,
      ]),
    );
    expect(found.join("\n")).toMatch(/with_care_build_info\{version="[\d.]+",node="v[\d.]+",database="\w+"\} 1/);
    expect(found.join("\n")).not.toMatch(/Una|person-1|invalid|Secret|ACK-1|planted/);
  });

  it("answers without the database", async () => {
    const failing = () => Promise.reject(new Error("gone"));
    const prisma = { $queryRaw: failing } as unknown as Database["prisma"];
    useDatabase({ ...database(), prisma });
    const found = await lines();
    expect(found).toContain("with_care_database_up 0");
    expect(found.some((line) => line.startsWith("with_care_mails{"))).toBe(false);
  });
});
