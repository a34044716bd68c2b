import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import type { PersonListener } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listHandlers } from "./handler-rules.ts";
import { listWithOpenActions } from "./repository.ts";

/** Tells those who handle a case that an action of somebody who has left or is away for long is theirs to see to. */
async function tellHandlers(tx: Tx, { body, personId }: { body: string; personId: string }): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const record of await listWithOpenActions(tx, body, [personId])) {
    const handlers = (await listHandlers(tx, record)).map(({ id }) => id).filter((id) => id !== personId);
    const toHandlers = tellAll(handlers, {
      body,
      kind: "duties-handed-over",
      href: `/incidents/${record.reference}`,
      subject: `${record.reference}: an action has nobody who does it`,
      paragraphs: ["Whoever had it is not there. It is among your tasks: do it, or hand it over by name."],
    });
    notices.push(...toHandlers);
  }
  return notices;
}

/** When somebody leaves, their actions after accidents go to those who handle the case. */
export const handOverActions: Required<PersonListener>["onLeaving"] = async (tx, person, { reason }) => {
  return { evidence: [], notices: reason === "left" ? await tellHandlers(tx, person) : [], groups: 0 };
};

/** The same while somebody is away for long. */
export const handOverActionsOfAway: Required<PersonListener>["onAway"] = async (tx, person) => {
  return { evidence: [], notices: await tellHandlers(tx, person) };
};

/** Ids of those who have an action to do: for imports that mark many people as having left. */
export const listActionOwners: Required<PersonListener>["listConcerned"] = async (tx, body, among) => {
  const found = await listWithOpenActions(tx, body, among);
  return new Set(found.flatMap(({ actions }) => actions.map(({ ownerId }) => ownerId)));
};
