/** What the permissions are about, to show their table in parts. */
import { PERMISSIONS, type Action } from "./permission.ts";

/** Heading of each part, and the first words of the actions in it; the last takes all that is in no other. */
const SUBJECTS: readonly { title: string; nouns: readonly string[] }[] = [
  {
    title: "Policies and answers to them",
    nouns: ["policy", "acknowledgement", "team", "governance", "review", "outside-rule"],
  },
  { title: "Questions and checks", nouns: ["question", "clause", "check-held", "check-sample", "foi-pack", "figure"] },
  { title: "Results of the check", nouns: ["receipt"] },
  { title: "Exceptions", nouns: ["exception"] },
  { title: "Accidents and continuity", nouns: ["incident", "continuity"] },
  { title: "Chat groups, holds and clear-downs", nouns: ["group", "app", "phone-return", "hold", "clear-down"] },
  { title: "Information requests and complaints", nouns: ["information-request", "search-request", "complaint"] },
  { title: "Captured records and photos", nouns: ["record", "photo-consent"] },
  { title: "People, programs and evidence", nouns: [] },
];

/** Every action, each in one part, in the order of the table of permissions. */
export function actionsBySubject(): { title: string; actions: Action[] }[] {
  const actions = Object.keys(PERMISSIONS).filter((key): key is Action => Object.hasOwn(PERMISSIONS, key));
  const titleOf = (action: Action) => {
    const [noun = ""] = action.split(".");
    return (SUBJECTS.find(({ nouns }) => nouns.includes(noun)) ?? SUBJECTS.at(-1))?.title;
  };
  return SUBJECTS.map(({ title }) => ({ title, actions: actions.filter((action) => titleOf(action) === title) }));
}
