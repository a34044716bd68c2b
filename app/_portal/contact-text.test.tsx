import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ContactText } from "./contact-list.tsx";

it.each([
  ["service.desk@example.invalid", "mailto:service.desk@example.invalid"],
  ["Ring 01632 960 599 by day.", "tel:01632960599"],
  ["Ring +44 (0)1632 960599.", "tel:+441632960599"],
  ["01632 960599 ext 12", "tel:01632960599;ext=12"],
  ["https://portal.example/help", "https://portal.example/help"],
  ["Ring extension 5999, day and night.", "tel:5999"],
  ["Room 3.14, on the 2nd floor, since 2026", null],
])("%s", (words, href) => {
  const html = renderToStaticMarkup(<ContactText>{words}</ContactText>);
  expect(/href="([^"]+)"/.exec(html)?.[1] ?? null).toBe(href);
  expect(html.replaceAll(/<[^>]+>/g, "")).toBe(words);
});
