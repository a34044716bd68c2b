import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Locator } from "@playwright/test";
import { expect, test } from "./own-portal.ts";
import { PortalPage } from "./page/portal-page.ts";
import { inRole } from "./person.ts";
import { MODEL } from "./policy.ts";
import type { Visit } from "./visit.ts";

const OWNER = inRole("Policy owner", MODEL);

// Another body's policy is there, to be put together with one's own.
test.use({ settings: { BODIES: "example-borough,nottingham" } });

/** The page on which a file of a draft is written. */
class WritingPage extends PortalPage {
  static shown(visit: Visit, version: string, isFaulty = false): Promise<WritingPage> {
    const heading = `Text: ${MODEL.title}, version ${version}`;
    return new WritingPage(visit, heading, isFaulty ? `Error: ${heading}` : heading).checked();
  }

  static async open(visit: Visit, version: string): Promise<WritingPage> {
    await visit.page.goto(`/drafts/${MODEL.slug}/${version}/text`);
    return WritingPage.shown(visit, version);
  }

  get area(): Locator {
    return this.main.getByLabel("policy.mdx");
  }

  async press(name: string): Promise<void> {
    await this.follow(() => this.main.getByRole("button", { name, exact: true }).click());
  }
}

async function begin(visit: Visit, version: string): Promise<WritingPage> {
  const drafts = await PortalPage.openAt(visit, "/drafts", "Drafts of policies");
  await drafts.main.getByLabel("Policy", { exact: true }).selectOption({ value: MODEL.slug });
  await drafts.main.getByLabel("Number of the new version").fill(version);
  await drafts.follow(() => drafts.main.getByRole("button", { name: "Begin a draft" }).click());
  return WritingPage.shown(visit, version);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("put two policies together: choose, be told what is left, and write the draft", async ({ visit, signInAs }) => {
    const heading = "Put policies together";
    await signInAs(OWNER);
    const start = await PortalPage.openAt(visit, `/policies/merge?policy=${MODEL.slug}&policy=nottingham`, heading);
    await expect(start.main).toContainText("are to decide.");
    await start.main.getByLabel("Policy that gets the draft").selectOption({ value: MODEL.slug });
    await start.main.getByLabel("Number of the new version").fill("8.0");
    await start.follow(() => start.main.getByRole("button", { name: "Write the draft" }).click());
    await expect(visit.page.getByRole("alert")).toContainText("still to decide");
    await expect(start.main.getByLabel("Number of the new version")).toHaveValue("8.0");
    await start.main.getByLabel("Where you choose nothing").selectOption({ value: MODEL.slug });
    await start.main.getByRole("button", { name: "Write the draft" }).click();
    await WritingPage.shown(visit, "8.0");
  });

  test("begin a draft, check and preview it, clean what was pasted, save it, and meet somebody else’s save", async ({
    visit,
    signInAs,
    portal: { content },
  }) => {
    const file = path.join(content, `policies/${MODEL.slug}/8.1/policy.mdx`);
    await signInAs(OWNER);
    let page = await begin(visit, "8.1");
    const begun = readFileSync(file, "utf8");
    expect(begun).toContain('version: "8.1"');
    const typed = `${begun}\n•\tTyped by hand\n\n<Clause id=“77.1” strength=“must”>You must read this.</Clause>\n`;

    await page.area.fill(typed);
    await page.press("Check");
    page = await WritingPage.shown(visit, "8.1");
    await expect(page.area).toHaveValue(typed);
    await expect(page.main.locator("#check-findings")).toContainText("Line ");

    await page.press("Clean pasted text");
    page = await WritingPage.shown(visit, "8.1");
    await expect(page.main).toContainText("Curly quotation marks around values are straight now.");
    await expect(page.area).toHaveValue(/\n- Typed by hand\n\n<Clause id="77\.1" strength="must">/);
    expect(readFileSync(file, "utf8")).toBe(begun);

    await page.press("Preview");
    page = await WritingPage.shown(visit, "8.1");
    await expect(page.main.locator("#check-preview")).toContainText("You must read this.");

    await page.press("Save");
    page = await WritingPage.shown(visit, "8.1");
    await expect(page.main.getByRole("heading", { name: "Saved" })).toBeVisible();
    const saved = readFileSync(file, "utf8");
    expect(saved).toContain('<Clause id="77.1" strength="must">');

    writeFileSync(file, saved.replace("You must read this.", "You must read that."));
    await page.area.fill(saved.replace("You must read this.", "You must read both."));
    await page.press("Save");
    page = await WritingPage.shown(visit, "8.1", true);
    await expect(page.main).toContainText("You must read that.");
    await expect(page.area).toHaveValue(/You must read both\./);
    await page.press("Save mine over it");
    await WritingPage.shown(visit, "8.1");
    expect(readFileSync(file, "utf8")).toContain("You must read both.");
  });

  test("a draft that cannot be read breaks no other page, and what is published has no form", async ({
    visit,
    signInAs,
    portal: { content },
  }) => {
    await signInAs(OWNER);
    let page = await begin(visit, "8.2");
    await page.area.fill(`${await page.area.inputValue()}\n<Clause id="78.1" strength="must">{1 + 1}\n`);
    await page.press("Save");
    page = await WritingPage.shown(visit, "8.2");
    await expect(page.main).toContainText("Until they are put right");
    await expect(page.main.locator("#check-findings")).toContainText("Fault");
    expect(existsSync(path.join(content, `policies/${MODEL.slug}/8.2/policy.mdx`))).toBe(true);
    for (const address of ["/", "/policies", `/policies/${MODEL.slug}`, `/check?policy=${MODEL.slug}`])
      expect((await visit.page.request.get(address)).status(), address).toBe(200);
    await visit.page.goto(`/drafts/${MODEL.slug}/${MODEL.version}/text`);
    await expect(visit.page.getByRole("main")).toContainText("what is published never changes");
    await expect(visit.page.getByRole("textbox", { name: "policy.mdx" })).toHaveCount(0);
  });
});

test("with scripts a draft is checked while it is written, a line’s number leads to it, and a paste from Word becomes Markdown", async ({
  visit,
  signInAs,
}) => {
  await signInAs(OWNER);
  const page = await begin(visit, "8.3");
  const lines = (await page.area.inputValue()).split("\n").length;
  await test.step("its one script is at most 32 kB", async () => {
    const html = await (await visit.page.request.get(page.address)).text();
    const sources = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]*)"/g)].map(([, source = ""]) => source);
    expect(sources).toHaveLength(1);
    for (const source of sources)
      expect(gzipSync(await (await visit.page.request.get(source)).body()).length).toBeLessThan(32_000);
  });

  await test.step("the paste", async () => {
    await page.area.evaluate((area: HTMLTextAreaElement) => {
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
      const clipboardData = new DataTransfer();
      clipboardData.setData(
        "text/html",
        `<p class=MsoNormal>You <b>must</b> not <del>ever</del> send it.<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>One</p>`,
      );
      clipboardData.setData("text/plain", "You must not send it.\n·\tOne");
      area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(page.area).toHaveValue(/You \*\*must\*\* not send it\.\n\n- One\n/);
    await expect(page.main.locator("#pasted")).toContainText("Words deleted with tracked changes were left out.");
  });

  await test.step("the check and the preview", async () => {
    await page.area.pressSequentially('\n<Clause id="79.1" strength="must">Open.\n');
    const finding = page.main
      .locator("#check-findings")
      .getByRole("link", { name: /^Line / })
      .last();
    await expect(page.main.locator("#check-findings")).toContainText("Fault");
    await expect(page.main.locator("#check-preview")).toContainText("It can be shown once");
    const line = Number((await finding.textContent())?.replace("Line ", ""));
    expect(line).toBeGreaterThan(1);
    await finding.click();
    await expect(page.area).toBeFocused();
    const at = await page.area.evaluate(
      (area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart).split("\n").length,
    );
    expect(at).toBe(line);
    expect(lines).toBeGreaterThan(50);
  });

  await test.step("leaving asks first, saving does not", async () => {
    await page.area.fill((await page.area.inputValue()).replace("Open.", "Closed.</Clause>"));
    await expect(page.main.locator("#check-preview")).toContainText("Closed.");
    await page.press("Save");
    await WritingPage.shown(visit, "8.3");
  });
});
