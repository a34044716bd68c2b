/** What somebody is to a thing: roles say who one is, relations whose thing it is (docs/design.md, "People and permissions"). */
import type { Actor } from "./actor.ts";

/** From the nearest to the widest. */
export const RELATIONS = ["own", "involved", "team", "others", "own-body", "any-body"] as const;
export type Relation = (typeof RELATIONS)[number];

/** In a word or two, for a cell of the table of permissions. */
export const RELATION_WORDS = {
  own: "Their own",
  involved: "Where named",
  team: "Their team’s",
  others: "Others’",
  "own-body": "All",
  "any-body": "All, every body",
} as const satisfies Record<Relation, string>;

/** The same at length, for what explains the table. */
export const RELATION_MEANINGS = {
  own: "What they wrote, asked for, reported or recorded themselves.",
  involved:
    "What names them: they are in the group, were told of the accident, are under the hold, or were given the link.",
  team: "What somebody in a team that they manage wrote or asked for. Never their own.",
  others: "What anybody else in their body wrote or asked for. Nobody decides on their own requests.",
  "own-body": "Everything of the body that they belong to.",
  "any-body": "Everything of every body that this portal serves.",
} as const satisfies Record<Relation, string>;

/** Of a thing, what decides who is what to it. */
export interface Thing {
  body: string;
  /** Whose it is: who wrote, asked, reported or recorded it. */
  ownerId?: string | null;
  /** Who manages the owner's team now. */
  managerId?: string | null;
  /** Whether it names the actor. */
  isInvolved?: boolean;
}

/** Every relation in which an actor stands to a thing, the nearest first. */
export function relationsOf(
  actor: Pick<Actor, "personId" | "body">,
  { body, ownerId = null, managerId = null, isInvolved = false }: Thing,
): Relation[] {
  if (actor.body !== body) return ["any-body"];
  const isOwn = actor.personId === ownerId;
  return [
    ...(isOwn ? (["own"] as const) : []),
    ...(isInvolved ? (["involved"] as const) : []),
    ...(!isOwn && actor.personId === managerId ? (["team"] as const) : []),
    ...(isOwn ? [] : (["others"] as const)),
    ...(["own-body", "any-body"] as const),
  ];
}
