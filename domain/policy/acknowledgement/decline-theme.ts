/** What a decline is about: whoever replies to it sorts it, so that the board sees why people decline without their words. */
export const DECLINE_THEME_NAMES = ["unclear", "impossible", "channel", "disagreement", "other"] as const;
export type DeclineTheme = (typeof DECLINE_THEME_NAMES)[number];

/** How a theme is named to people. */
export const DECLINE_THEMES = {
  unclear: "The words are unclear",
  impossible: "It cannot be done in their work",
  channel: "They have no suitable device or channel",
  disagreement: "They disagree with it",
  other: "Something else",
} as const satisfies Record<DeclineTheme, string>;

/** The theme of this name; null for any other. */
export function readDeclineTheme(name: string | null): DeclineTheme | null {
  return DECLINE_THEME_NAMES.find((one) => one === name) ?? null;
}
