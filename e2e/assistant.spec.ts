import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, test } from "./fixture.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf } from "./person.ts";
import { MODEL } from "./policy.ts";

test.use({ javaScriptEnabled: false });

test("somebody makes a token for their assistant, which asks the portal as them until they revoke it", async ({
  visit,
  signInAs,
  request,
}) => {
  await signInAs(employeeOf(MODEL));
  const me = await PortalPage.openAt(visit, "/me", "You in this portal");
  const section = me.main
    .locator("section")
    .filter({ has: visit.page.getByRole("heading", { name: "Ask from an assistant" }) });
  await section.getByRole("textbox", { name: "Which assistant is it for?" }).fill("Work laptop");
  await section.getByRole("radio", { name: "30 days" }).check();
  await section.getByRole("button", { name: "Make a token" }).click();
  const token = await section.getByRole("textbox", { name: "Your token" }).inputValue();
  expect(token).toMatch(/^wc_/);
  await visit.page.reload();
  await expect(section.getByRole("textbox", { name: "Your token" })).toHaveCount(0);

  const address = new URL("/mcp", visit.page.url());
  const headers = { authorization: `Bearer ${token}` };
  const client = new Client({ name: "journey", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers } }));
  const facts = { app: "covered", audience: "child" };
  const { structuredContent } = await client.callTool({ name: "evaluate", arguments: { policy: MODEL.slug, facts } });
  expect(structuredContent).toMatchObject({ evaluation: { settled: true, verdict: "never" } });
  const { page } = structuredContent as { page: string };
  await visit.page.goto(page);
  await expect(visit.page.getByRole("main")).toContainText("3.9");
  expect(await client.callTool({ name: "my_tasks", arguments: {} })).not.toHaveProperty("isError", true);
  await client.close();
  const foreign = { ...headers, origin: "https://evil.example", accept: "application/json, text/event-stream" };
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  expect((await request.post(address.href, { data: ping, headers: foreign })).status()).toBe(403);

  await PortalPage.openAt(visit, "/me", "You in this portal");
  await section.getByRole("button", { name: "Revoke the token for Work laptop" }).first().click();
  expect((await request.post(address.href, { data: ping, headers })).status()).toBe(401);
});
