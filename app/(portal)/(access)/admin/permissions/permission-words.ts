import { RELATION_WORDS, type Relation } from "#domain/access/permission/permission.ts";

/** On which things somebody may do something, for a cell. */
export const inWords = (on: readonly Relation[]): string =>
  on.length === 0 ? "No" : on.map((relation) => RELATION_WORDS[relation]).join("; ");
