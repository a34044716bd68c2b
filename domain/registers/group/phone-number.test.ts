import { expect, it } from "vitest";
import { hasPhoneNumber } from "./group.ts";

it.each([
  "Ring 07700 900123",
  "+44 7700 900 123",
  "(01527) 64252 9",
  "01632-960-123",
  "tel:00441632960123",
  "0800 1111 5",
  "０７７００ ９００１２３",
  "٠٧٧٠٠٩٠٠١٢٣",
  "07700\u200b900123",
  "07700\n900123",
  "555 123 4567",
])("finds one in %s", (text) => expect(hasPhoneNumber(text)).toBe(true));

it.each([
  "",
  "Rota for site 12, room 305",
  "From 24 11 2026 to 31/12/2026",
  "2026-11-24 and 2027-01-31",
  "GRP-2345-6789",
  "Budget of 1,250,000",
  "Meet at 09:30, leave at 17:45",
  "24/7 cover in 2026/27",
])("finds none in %s", (text) => expect(hasPhoneNumber(text)).toBe(false));
