import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { AboutPage } from "./page/about-page.ts";
import { employeeOf } from "./person.ts";
import { MODEL, NAO } from "./policy.ts";

const VERSION = "/policies/nao/versions/1/rules.dmn";

test("anybody saves the rules of a policy for other programs", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(MODEL));
  const about = await AboutPage.open(visit, MODEL);
  const link = about.main.getByRole("link", { name: "Save the rules for other programs (DMN)" });
  const [download] = await Promise.all([visit.page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("model-3.0.dmn");

  const file = await visit.page.request.get(VERSION);
  expect(file.status()).toBe(200);
  expect(file.headers()["content-type"]).toBe("application/xml; charset=utf-8");
  expect(file.headers()["content-disposition"]).toBe('attachment; filename="nao-1.dmn"');
  expect(await file.text()).toContain('xmlns="https://www.omg.org/spec/DMN/20240513/MODEL/"');
  const tag = file.headers()["etag"] ?? "";
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const again = await visit.page.request.get(VERSION, { headers: { "if-none-match": known } });
    expect(again.status(), known).toBe(304);
  }
  const changed = await visit.page.request.get(VERSION, { headers: { "if-none-match": '"other"' } });
  expect(changed.status()).toBe(200);
});

test("the rules of today are found from the policy's own address; what is not there is not", async ({
  playwright,
  baseURL,
}) => {
  const employee = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(NAO));
  expect(await employee.get("/policies/nao/rules.dmn")).toMatchObject({
    status: 307,
    location: `/policies/nao/versions/${NAO.version}/rules.dmn`,
  });
  expect((await employee.follow("/policies/model/rules.dmn")).text).toContain('name="Policy model 3.0"');
  for (const path of [
    "/policies/nope/rules.dmn",
    "/policies/nope/versions/1/rules.dmn",
    "/policies/nao/versions/9/rules.dmn",
  ])
    expect((await employee.get(path)).status, path).toBe(404);
  await employee.dispose();

  const nobody = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const refused = await nobody.get(VERSION, { maxRedirects: 0 });
  expect(refused.headers()["location"]).toContain("/sign-in");
  expect(await refused.text()).not.toContain("decisionTable");
  await nobody.dispose();
});
