import { expect, it } from "vitest";
import { browserInWords } from "./browser.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";

it.each([
  [`${MAC} Version/18.0 Safari/605.1.15`, "Safari on a Mac"],
  [`${WINDOWS} Safari/537.36`, "Chrome on Windows"],
  [`${WINDOWS} Safari/537.36 Edg/142.0.0.0`, "Edge on Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
  ["Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36", "Samsung Internet on Android"], // prettier-ignore
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/142.0 Mobile Safari/604.1", "Chrome on an iPhone"], // prettier-ignore
  ["curl/8.5.0 (Linux)", "A browser on Linux"],
  ["something else", "A browser that is not known"],
  [null, "A browser that is not known"],
])("names %s", (userAgent, words) => {
  expect(browserInWords(userAgent)).toBe(words);
});
