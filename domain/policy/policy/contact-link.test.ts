import { expect, it } from "vitest";
import { addressLink, isMailAddress, telephoneLink } from "./contact-link.ts";

it.each([
  ["01632 960000", "tel:01632960000"],
  ["(01632) 960-000", "tel:01632960000"],
  ["+44 (0)1632 960000", "tel:+441632960000"],
  ["01632 960000 ext. 12", "tel:01632960000;ext=12"],
  ["101", "tel:101"],
  ["99", null],
  ["Ask at the desk", null],
  ["Room 5", null],
])("rings %s as %s", (words, link) => {
  expect(telephoneLink(words)).toBe(link);
});

it.each([
  ["service.desk@x.example.invalid", "mailto:service.desk@x.example.invalid"],
  ["a+b&c@x.example", "mailto:a%2Bb%26c@x.example"],
  ["01632 960000", "tel:01632960000"],
  ["https://portal.example/help", "https://portal.example/help"],
  ["Town Hall, first floor", null],
  ["javascript:alert(1)", null],
])("leads from %s to %s", (address, link) => {
  expect(addressLink(address)).toBe(link);
});

it("knows an e-mail address", () => {
  expect(["a@b.example", "service.desk@x.example.invalid"].every(isMailAddress)).toBe(true);
  expect([null, "", "01632 960000", "portal.example/help", "a@b", "a b@c.d", "<a@b.c>"].some(isMailAddress)).toBe(
    false,
  );
});
