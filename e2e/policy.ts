/** The policies that come with the portal as a reader has to find them, not read from the content: the five from their sources, the model as it was agreed. */
export interface ExpectedPolicy {
  slug: string;
  title: string;
  body: string;
  version: string;
  status: string;
  /** Headings of the warnings above the text, in order. */
  banners: readonly string[];
  /** What the source leaves blank in its text; null if nothing. */
  gap: string | null;
  /** What document control shows as not stated; and what it does state. */
  notStated: readonly string[];
  control: Readonly<Record<string, string>>;
  sections: readonly string[];
  clause: { id: string; text: string };
  /** What the wizard first asks people in its body. */
  asksFirst: string;
  /** The question of the matrix's rows. */
  matrix: string;
}

const MODEL: ExpectedPolicy = {
  slug: "model",
  title: "Messaging apps at work",
  body: "Example Borough Council",
  version: "3.0",
  status: "In force",
  banners: [],
  gap: null,
  notStated: [],
  control: {
    Version: "3.0",
    Status: "In force",
    Owner: "Information Governance Manager",
    Approver: "Senior Information Risk Owner",
    "In effect from": "30 November 2026",
    "Next review by": "30 November 2027",
  },
  sections: ["3 Who it is for, and how sensitive it is", "8 Records, holds and deletion", "10 Exceptions"],
  clause: { id: "3.9", text: "You must not use a messaging app with a child under 13, whatever it is for." },
  asksFirst: "Which app is it?",
  matrix: "Who is it for?",
};

const BROMSGROVE_REDDITCH: ExpectedPolicy = {
  slug: "bromsgrove-redditch",
  title: "WhatsApp for council work",
  body: "Bromsgrove District and Redditch Borough Councils",
  version: "0.2.1",
  status: "Draft, not in force",
  banners: ["This is a draft"],
  gap: "The number of years is left blank in the source.",
  notStated: ["owner", "approver", "published", "in effect from", "next review by"],
  control: { Version: "0.2.1", Status: "Draft, not in force", Jurisdiction: "England" },
  sections: ["3 Who it is for", "4 What counts as sensitive", "9 Photos", "12 The Emergency Response group"],
  clause: { id: "3.1", text: "You must not send sensitive information to a colleague." },
  asksFirst: "How sensitive is it?",
  matrix: "Who is it for?",
};

const NAO: ExpectedPolicy = {
  slug: "nao",
  title: "WhatsApp at work",
  body: "National Audit Office",
  version: "1.1",
  status: "In force",
  banners: [],
  gap: "The policy does not say who agrees it.",
  notStated: ["owner", "approver", "last reviewed", "next review by"],
  control: { Version: "1.1", Status: "In force", Published: "30 November 2026" },
  sections: ["2 NAO systems and devices", "3 Your own device", "4 Exceptions"],
  clause: { id: "3.1", text: "You should use WhatsApp on your own device for informal messages only." },
  asksFirst: "How sensitive is it?",
  matrix: "Who is it for?",
};

const NOTTINGHAM: ExpectedPolicy = {
  slug: "nottingham",
  title: "WhatsApp with citizens",
  body: "Nottingham City Council",
  version: "1.1.1",
  status: "Draft, not in force",
  banners: ["This is a draft", "The review of this policy is overdue"],
  gap: "The approver and the approval date are blank.",
  notStated: ["owner", "approver", "published", "in effect from"],
  control: { Version: "1.1.1", Classification: "OFFICIAL", "Next review by": "31 December 2019" },
  sections: ["2 When you may use it", "5 Keeping the record", "6 Risks"],
  clause: { id: "2.6", text: "You must use WhatsApp only where you cannot reach the citizen by any other means." },
  asksFirst: "Who is it for?",
  matrix: "Who is it for?",
};

const HOME_WORKING_COUNCIL: ExpectedPolicy = {
  slug: "home-working-council",
  title: "WhatsApp and home working",
  body: "A council (home working)",
  version: "1.1",
  status: "In force",
  banners: [],
  gap: "No approved channel is named",
  notStated: ["owner", "approver", "next review by", "jurisdiction"],
  control: { Version: "1.1", Status: "In force" },
  sections: ["2 What we recommend", "4 Risks and what to do about them", "5 What to avoid always"],
  clause: { id: "5.3", text: "You must not talk about service users' personal information in WhatsApp." },
  asksFirst: "How sensitive is it?",
  matrix: "Who is it for?",
};

const CLEVELAND_OPCC: ExpectedPolicy = {
  slug: "cleveland-opcc",
  title: "WhatsApp for business purposes",
  body: "Office of the Police and Crime Commissioner for Cleveland",
  version: "2.0",
  status: "Interim, in force for now",
  banners: ["This is an interim policy"],
  gap: "No date is given.",
  notStated: ["approver", "next review by", "interim until"],
  control: { Version: "2.0", Status: "Interim, in force for now", Published: "August 2020" },
  sections: ["2 One-to-one messages with colleagues", "3 Approved groups", "6 Freedom of Information"],
  clause: { id: "2.1", text: "The OPCC has not approved WhatsApp as a tool for business." },
  asksFirst: "Who is it for?",
  matrix: "In which chat?",
};

export { BROMSGROVE_REDDITCH, CLEVELAND_OPCC, HOME_WORKING_COUNCIL, MODEL, NAO, NOTTINGHAM };
export const POLICIES = [MODEL, BROMSGROVE_REDDITCH, NAO, NOTTINGHAM, HOME_WORKING_COUNCIL, CLEVELAND_OPCC];
