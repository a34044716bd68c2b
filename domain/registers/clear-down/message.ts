/** Messages that administrators post into the chat: to clear it, or not to (S5.20, S5.23). */
import { messagesInWords, type Period } from "./period.ts";

/** The prompt, for members to act on. @param open periods that are due, the oldest first; at least one */
export function promptMessage(open: readonly Pick<Period, "from" | "to">[], by: "administrator" | "sender"): string {
  const messages = messagesInWords({ from: open[0]?.from ?? null, to: open.at(-1)?.to ?? "" });
  return [
    by === "sender"
      ? `Please delete what you sent: ${messages}.`
      : `Please clear this chat on your phone today: ${messages}.`,
    "First move what the body has to keep into its record.",
    "Do you know of a request for information, an inquiry, a complaint or a claim about these messages? Then delete nothing, and tell me.",
  ].join("\n");
}

/** The message under a hold. It says neither why, nor who asked. */
export const doNotDeleteMessage = (): string =>
  [
    "Please delete nothing in this chat until further notice, and turn off disappearing messages.",
    "The messages have to be kept. The portal says more under “Holds”.",
  ].join("\n");
