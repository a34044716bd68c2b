/** Contrast of colours as WCAG 2.2 measures it, and an accent colour in the two schemes of the portal. */

/** What small words need against what lies beneath them (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;

/** The fields that the accent stands on, as app/globals.css draws them. */
export const FIELDS = {
  light: { paper: "#fbfaf6", raised: "#ffffff", sunk: "#f1efe7", ink: "#ffffff" },
  dark: { paper: "#12161d", raised: "#1a2029", sunk: "#242b36", ink: "#12161d" },
} as const;
export type Scheme = keyof typeof FIELDS;

const [BLACK, WHITE] = ["#000000", "#ffffff"];

/** From 1, no contrast, to 21, black on white. @param one #rrggbb @param other #rrggbb */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** An accent and the colours that go with it: pressed, and as a tint behind words. @param accent #rrggbb */
export function shadesOf(accent: string, scheme: Scheme) {
  const { raised, ink } = FIELDS[scheme];
  const strong = mixed(accent, scheme === "light" ? BLACK : WHITE, 0.25);
  return { accent, strong, ink, tint: mixed(raised, accent, scheme === "light" ? 0.08 : 0.16) };
}

/** The least contrast of an accent with anything that it stands on in a scheme, and what that is. */
export function leastContrast(accent: string, scheme: Scheme): { ratio: number; on: string } {
  const { paper, raised, sunk } = FIELDS[scheme];
  const on = [paper, raised, sunk, shadesOf(accent, scheme).tint];
  const measured = on.map((field) => ({ ratio: contrastOf(accent, field), on: field }));
  return measured.reduce((least, one) => (one.ratio < least.ratio ? one : least));
}

/** The colour nearest to the one given that words can have in a scheme: darker in light, lighter in dark. */
export function readable(colour: string, scheme: Scheme): string {
  const towards = scheme === "light" ? BLACK : WHITE;
  const steps = Array.from({ length: 101 }, (_, percent) => mixed(colour, towards, percent / 100));
  return steps.find((one) => leastContrast(one, scheme).ratio >= LEAST_CONTRAST) ?? towards;
}

/** @param share of the second colour, from 0 to 1 */
function mixed(one: string, other: string, share: number): string {
  const [a, b] = [channelsOf(one), channelsOf(other)];
  const parts = a.map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const channelsOf = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
