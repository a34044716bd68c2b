import "server-only";
import { getConnections, type Followed, type PersonListener } from "#server/base/connections.ts";

// What other rooms do when people change: each listener in turn, in the transaction of the change.

export const followLeaving: Required<PersonListener>["onLeaving"] = async (tx, person, changedBy) => {
  const followed = await inTurn((one) => one.onLeaving?.(tx, person, changedBy));
  return { ...joined(followed), groups: followed.reduce((sum, { groups }) => sum + groups, 0) };
};

export const followLosingRoles: Required<PersonListener>["onLosingRoles"] = async (tx, person, changedBy) =>
  joined(await inTurn((one) => one.onLosingRoles?.(tx, person, changedBy)));

export const followReturning: Required<PersonListener>["onReturning"] = async (tx, person, changedBy) =>
  joined(await inTurn((one) => one.onReturning?.(tx, person, changedBy)));

export const listConcerned: Required<PersonListener>["listConcerned"] = async (tx, body, among) =>
  new Set((await inTurn((one) => one.listConcerned?.(tx, body, among))).flatMap((ids) => [...ids]));

export const followChanges: Required<PersonListener>["afterChanges"] = async (tx, body, changedBy) =>
  joined(await inTurn((one) => one.afterChanges?.(tx, body, changedBy)));

async function inTurn<Result>(ask: (listener: PersonListener) => Promise<Result> | undefined): Promise<Result[]> {
  const answers: Result[] = [];
  for (const listener of getConnections().person) {
    const answer = await ask(listener);
    if (answer !== undefined) answers.push(answer);
  }
  return answers;
}

function joined(followed: readonly Followed[]): Followed {
  return {
    evidence: followed.flatMap(({ evidence }) => evidence),
    notices: followed.flatMap(({ notices }) => notices),
  };
}
