export type ButtonLook = "primary" | "quiet" | "link";

const SHAPE =
  "no-print inline-flex min-h-12 items-center justify-center rounded-card border-2 px-5 py-2 text-center font-bold leading-snug no-underline cursor-pointer";

/** Makes a button, or a link that is the next step of a page, look like one. */
export const BUTTON_LOOKS: Record<ButtonLook, string> = {
  primary: `${SHAPE} border-transparent bg-accent text-accent-ink hover:bg-accent-strong hover:text-accent-ink`,
  quiet: `${SHAPE} border-accent bg-transparent text-accent hover:bg-accent-tint hover:text-accent-strong`,
  link: "no-print inline-flex min-h-target cursor-pointer items-center text-accent underline decoration-[0.08em] underline-offset-[0.2em] hover:text-accent-strong hover:decoration-[0.16em]",
};
