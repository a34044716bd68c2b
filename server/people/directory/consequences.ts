import "server-only";
import { getConnections, type Followed, type PersonListener } from "#server/base/connections.ts";

// What other nouns do when people change: each listener after the other, in the transaction of the change.

export const tellLeaving: Required<PersonListener>["onLeaving"] = async (tx, person, said) => {
  const told = await inTurn((one) => one.onLeaving?.(tx, person, said));
  return { ...joined(told), groups: told.reduce((sum, { groups }) => sum + groups, 0) };
};

export const tellReturning: Required<PersonListener>["onReturning"] = async (tx, person, said) =>
  joined(await inTurn((one) => one.onReturning?.(tx, person, said)));

export const listConcerned: Required<PersonListener>["listConcerned"] = async (tx, body) =>
  new Set((await inTurn((one) => one.listConcerned?.(tx, body))).flatMap((ids) => [...ids]));

export const tellChanges: Required<PersonListener>["afterChanges"] = async (tx, body, said) =>
  joined(await inTurn((one) => one.afterChanges?.(tx, body, said)));

async function inTurn<Told>(ask: (listener: PersonListener) => Promise<Told> | undefined): Promise<Told[]> {
  const told: Told[] = [];
  for (const listener of getConnections().person) {
    const answer = await ask(listener);
    if (answer !== undefined) told.push(answer);
  }
  return told;
}

function joined(told: readonly Followed[]): Followed {
  return { evidence: told.flatMap(({ evidence }) => evidence), notices: told.flatMap(({ notices }) => notices) };
}
