/** What to do at once after a mistake, as it stands on the offline card: the steps that need no portal. */
import { KINDS } from "./kind.ts";

export const OFFLINE_ADVICE: readonly { title: string; steps: readonly string[] }[] = [
  { title: "Your phone is lost or stolen", steps: KINDS.device.advice },
  {
    title: "You sent something to the wrong person",
    steps: [
      "Do not delete anything yet: it may have to be kept. Ask who to tell, below.",
      "Tell your line manager now: what was sent, to whom, when, and in which app.",
      "Ask the person not to open it, forward it or answer it.",
      "Report it in the portal as soon as you are online again.",
    ],
  },
  {
    title: "Somebody has taken over your account",
    steps: [
      "Register your number again in the app: that signs out whoever has it. Give the code to nobody.",
      "Look at the linked devices in the app’s settings and log out of those you do not know.",
      "Turn on two-step verification.",
      "Warn your groups and contacts by another channel. Keep the messages that were sent in your name.",
      "Ring the IT service desk, and report it in the portal as soon as you are online again.",
    ],
  },
];
