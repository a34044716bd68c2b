import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import decodeQR from "qr/decode.js";
import { QrCode } from "./qr-code.tsx";

it("is read by a camera as the address that it was made of", () => {
  const text = "https://portal.example.invalid/policies/whatsapp/acknowledge";
  const markup = renderToStaticMarkup(createElement(QrCode, { text, label: "QR code" }));
  const size = Number(/viewBox="0 0 (\d+)/.exec(markup)?.[1]);
  const scale = 8;
  const side = size * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x = "", y = ""] of markup.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < scale; row++)
      for (let column = 0; column < scale; column++) {
        const at = 4 * ((Number(y) * scale + row) * side + Number(x) * scale + column);
        data.fill(0, at, at + 3);
      }
  expect(decodeQR({ width: side, height: side, data })).toBe(text);
});
