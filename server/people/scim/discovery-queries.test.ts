import { expect, it } from "vitest";
import { discover } from "./discovery-queries.ts";

const BASE = "https://portal.invalid/scim/v2";

it("describes itself, lists what there is, and answers for each item", async () => {
  expect(await discover("ServiceProviderConfig", undefined, BASE)).toMatchObject({ patch: { supported: true } });
  for (const kind of ["ResourceTypes", "Schemas"] as const) {
    const { Resources, totalResults } = await discover(kind, undefined, BASE);
    const listed = Resources as { id: string }[];
    expect(listed.length).toBe(totalResults);
    for (const { id } of listed) expect(await discover(kind, id, BASE)).toMatchObject({ id });
    await expect(discover(kind, "nothing", BASE)).rejects.toMatchObject({ status: 404 });
  }
  await expect(discover("ServiceProviderConfig", "any", BASE)).rejects.toMatchObject({ status: 404 });
});

it("describes only the attributes that the directory stores", async () => {
  const user = await discover("Schemas", "urn:ietf:params:scim:schemas:core:2.0:User", BASE);
  const names = (user["attributes"] as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["userName", "active", "emails", "roles"]));
  expect(names).not.toContain("password");
});
