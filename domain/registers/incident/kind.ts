/**
 * What can be reported, who is notified, and what to do at once (S2.10, S2.23, S2.24, S3.41, S3.43, S3.47-S3.52, S4.8).
 */

export const INCIDENT_KINDS = ["shared", "offensive", "misconduct", "scam", "device", "added"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const isIncidentKind = (text: string): text is IncidentKind => INCIDENT_KINDS.some((kind) => kind === text);

interface KindOfIncident {
  /** The answer to "What happened?". */
  label: string;
  hint: string;
  /** The name of the case. */
  title: string;
  /** Personal data may have been disclosed, so that the 72 hours count until an officer says otherwise. */
  mayBePersonalData: boolean;
  /** Whether the reporter's line manager is notified at the first saved step, besides the governance officers. */
  tellsManager: boolean;
  /** It may be about one of those who would be notified, so the reporter is asked. */
  asksWhomNotToTell: boolean;
  /** What to do at once. */
  advice: readonly string[];
  /** Id of the contact whom the advice says to ring. */
  ring?: string;
}

export const KINDS = {
  shared: {
    label: "I shared something by mistake",
    hint: "A message, photo or file went to the wrong person or group, or should not have been sent.",
    title: "Something shared by mistake",
    mayBePersonalData: true,
    tellsManager: true,
    asksWhomNotToTell: false,
    advice: [
      "Reporting quickly is always right, and takes two minutes.",
      "Do not delete anything yet. First we note the facts, then we check whether something must be kept.",
    ],
  },
  offensive: {
    label: "Somebody sent something offensive",
    hint: "About age, gender, race, disability, sexual orientation, religion, politics or nationality, for example.",
    title: "Offensive message",
    mayBePersonalData: false,
    tellsManager: true,
    asksWhomNotToTell: true,
    advice: ["Keep the message: it may be needed. Do not forward it, and do not answer it."],
  },
  misconduct: {
    label: "I know of misconduct",
    hint: "Somebody at work breaks the rules on purpose, in a chat or with one.",
    title: "Misconduct",
    mayBePersonalData: false,
    tellsManager: true,
    asksWhomNotToTell: true,
    advice: ["Keep what you have. Do not look into it yourself, and do not talk about it in a chat."],
  },
  scam: {
    label: "A scam or phishing",
    hint: "A message that wants money, a code, a password or a click.",
    title: "Scam or phishing",
    mayBePersonalData: false,
    tellsManager: true,
    asksWhomNotToTell: false,
    advice: [
      "Do not answer, and do not open any link in it.",
      "Did you give a password or a code? Change it now, and ring the IT service desk.",
      "Did you give bank details? Ring the bank now.",
    ],
    ring: "it-service-desk",
  },
  device: {
    label: "A lost or stolen device",
    hint: "A phone, tablet or laptop with work messages on it, your own included.",
    title: "Lost or stolen device",
    mayBePersonalData: true,
    tellsManager: true,
    asksWhomNotToTell: false,
    advice: [
      "Ring the IT service desk: a work device can be locked from afar. You may have to lock your own phone yourself.",
      "Log out of the messaging app on your other devices, and ask your phone company to block the number.",
      "Stolen? Tell the police, and keep their reference.",
    ],
    ring: "it-service-desk",
  },
  added: {
    label: "I was added to a group without being asked",
    hint: "Others see your number, and you did not choose them.",
    title: "Added to a group without being asked",
    mayBePersonalData: false,
    tellsManager: false,
    asksWhomNotToTell: false,
    advice: [
      "You can leave the group at any time. You do not have to say why.",
      "In the app's privacy settings you can choose who may add you to groups.",
    ],
  },
} as const satisfies Record<IncidentKind, KindOfIncident>;

/** Id of the contact whom the advice of a kind says to ring; undefined where it says nobody. */
export function contactToRing(kind: IncidentKind): string | undefined {
  const { ring }: KindOfIncident = KINDS[kind];
  return ring;
}
