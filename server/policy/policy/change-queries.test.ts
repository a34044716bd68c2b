import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { readerIn, serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getChangesPage, getChangesSinceOwn } from "./change-queries.ts";

const NOTHING = { from: "", to: "" };

describeOnEachDatabase("what changed between two versions", (database) => {
  let ann: Actor;
  beforeEach(async () => {
    ann = await addPerson(database(), "ann");
  });
  const compared = async (asked = NOTHING, actor = readerIn("nao")) => {
    const page = await getChangesPage(actor, "model", asked);
    return page && { from: page.from, to: page.to, unknown: page.unknown, isCompared: page.changes !== null };
  };

  it("defaults to the version to read today and the one before, always older first", async () => {
    expect(await compared()).toEqual({ from: "2.1", to: "3.0", unknown: [], isCompared: true });
    expect(await compared({ from: "2.0", to: "1.0" })).toEqual({
      from: "1.0",
      to: "2.0",
      unknown: [],
      isCompared: true,
    });
    expect(await compared({ from: "", to: "1.1" })).toMatchObject({ from: "1.0", to: "1.1" });
    expect(await compared({ from: "1.1", to: "1.1" })).toMatchObject({ isCompared: false });
    expect(await compared({ from: "", to: "1.0" }), "the first has none before it").toMatchObject({
      isCompared: false,
    });
    expect(await compared({ from: "9.9", to: "x" })).toMatchObject({ unknown: ["9.9", "x"], isCompared: false });
    expect(await getChangesPage(readerIn("nao"), "no-such-policy", NOTHING)).toBeNull();
  });

  it("starts from the version that somebody answered last, and says whether they are asked again", async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no first version.");
    const { slug, version, hash } = first;
    await acknowledgePolicy(ann, { slug, version, hash, answer: "accepted", reason: "" });
    expect(await getChangesSinceOwn(ann, "nao"), "it is the current one").toBeNull();
    await serveVersions("nao", [
      { version: "1.1", material: false },
      { version: "2", material: true },
    ]);
    const own = await getChangesSinceOwn(ann, "nao");
    expect([own?.own, own?.changes.from.version.version, own?.changes.to.version.version]).toEqual([
      "accepted",
      "1",
      "2",
    ]);
    expect(own?.changes.asksAgain).toBe("raised");
    const minor = await getChangesPage(ann, "nao", { from: "", to: "1.1" });
    expect([minor?.from, minor?.own, minor?.changes?.asksAgain]).toEqual(["1", "accepted", null]);
    const bob = await addPerson(database(), "bob");
    expect(await getChangesSinceOwn(bob, "nao")).toBeNull();
    expect(await getChangesPage(bob, "nao", NOTHING)).toMatchObject({ from: "1.1", to: "2", own: null });
  });

  it("shows a version that is being written only to its owner", async () => {
    await serveVersions("nao", [{ version: "2", isPublished: false }]);
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const stranger = await addPerson(database(), "stranger", { roles: ["policy-owner"], body: "nottingham" });
    const asked = { from: "1", to: "2" };
    expect(await getChangesPage(owner, "nao", asked)).toMatchObject({
      unknown: [],
      changes: { to: { isPublished: false } },
    });
    for (const other of [ann, stranger])
      expect(await getChangesPage(other, "nao", asked)).toMatchObject({ unknown: ["2"], changes: null });
  });
});
