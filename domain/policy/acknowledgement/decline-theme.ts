/** What a decline is about: whoever replies to it sorts it, so that the board sees why people decline without their words. */
export const DECLINE_THEMES = {
  unclear: "The words are unclear",
  impossible: "It cannot be done in their work",
  channel: "They have no suitable device or channel",
  disagreement: "They disagree with it",
  other: "Something else",
} as const satisfies Record<string, string>;

export type DeclineTheme = keyof typeof DECLINE_THEMES;

const DECLINE_THEME_NAMES: readonly DeclineTheme[] = ["unclear", "impossible", "channel", "disagreement", "other"];

/** The theme of this name; null for any other. */
export function readDeclineTheme(name: string | null): DeclineTheme | null {
  return DECLINE_THEME_NAMES.find((one) => one === name) ?? null;
}
