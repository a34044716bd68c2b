import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEmbedded } from "#server/base/db/embedded.ts";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { runCommand } from "#server/testing/command.ts";
import { MIGRATIONS } from "#server/testing/database.ts";
import { deliveryReport } from "#server/testing/delivery-report.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { addPerson } from "#server/testing/people.ts";

// The command, on a stopped portal's database.

let dataDir: string;
let settings: Record<string, string>;
beforeAll(() => {
  dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-bounce-"));
  putEmbedded(dataDir);
  settings = { DATABASE_URL: "", BODIES: "", DATA_DIR: dataDir, AUTH_SECRET: "s".repeat(40) };
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const run = (input: string, ...args: string[]) => runCommand("scripts/mail-bounce.ts", args, input, settings);
async function onDatabase<Result>(use: (prisma: PrismaClient) => Promise<Result>): Promise<Result> {
  const { prisma, close } = await openEmbedded(dataDir, MIGRATIONS);
  return use(prisma).finally(close);
}
const states = () =>
  onDatabase(async (prisma) =>
    (await prisma.mail.findMany({ orderBy: { id: "asc" } })).map(
      ({ state, bounceStatus }) => `${state} ${bounceStatus}`,
    ),
  );

it("takes reports from files and from standard input, says what it did with each, and changes nothing twice", async () => {
  await onDatabase(async (prisma) => {
    for (const id of ["ann", "bo"]) {
      await addPerson({ prisma }, id);
      const content = { version: 1, subject: "Hello", paragraphs: ["Hello."], sections: [] };
      const sent = {
        state: "sent",
        digestDay: "2026-11-27",
        sentAt: new Date(),
        sentTo: `${id}@nao.invalid`,
        nextTryAt: new Date(),
        createdAt: new Date(),
      } as const;
      await prisma.mail.create({
        data: { id, messageId: `<${id}@portal>`, body: "nao", personId: id, subject: "Hello", content, ...sent },
      });
    }
  });
  const file = (name: string, text: string) => {
    const where = path.join(dataDir, name);
    writeFileSync(where, text);
    return where;
  };
  const ann = file("ann.eml", deliveryReport({ messageId: "<ann@portal>", recipient: "ann@nao.invalid" }));
  const other = file("other.eml", deliveryReport({ messageId: "<else@portal>", recipient: "ann@nao.invalid" }));
  const text = file("text.eml", "Subject: Hello\n\nHello.\n");
  const mixed = await run("", ann, other, text, path.join(dataDir, "missing.eml"));
  expect(mixed.status).toBe(1);
  expect(mixed.stdout).toContain("the mail to Person ann (nao) did not arrive, status 5.1.1");
  expect(mixed.stderr).toContain("<else@portal>");
  expect(mixed.stderr).toContain("not a delivery report");
  expect(mixed.stderr).toContain("cannot be read");
  expect(await states()).toEqual(["dead 5.1.1", "sent null"]);
  expect(await run("", ann)).toMatchObject({ status: 0, stdout: expect.stringContaining("known already") as string });
  const piped = await run(deliveryReport({ messageId: "<bo@portal>", recipient: "bo@nao.invalid", status: "5.2.2" }));
  expect(piped).toMatchObject({ status: 0, stdout: expect.stringContaining("5.2.2") as string });
  expect(await states()).toEqual(["dead 5.1.1", "dead 5.2.2"]);
  expect(await run("", "--all")).toMatchObject({ status: 1, stderr: expect.stringContaining("Use:") as string });
}, 120_000);
