import "server-only";

/** The program that asks, by its token. */
export interface ScimProgram {
  /** Reference of the token: it stands in the evidence. */
  reference: string;
  /** Slug of the token's body. Nobody else's people are there for it. */
  body: string;
  /** Id of who made the token: it changes nothing of what they themselves may do. */
  madeById: string;
}

/** Condition that a request came with, from its header `If-Match`: entity tags, "*", or null for none. */
export type IfMatch = string | null;

/** Whether what is there now is what the program saw last. */
export function isStill(version: unknown, ifMatch: IfMatch): boolean {
  if (ifMatch === null || ifMatch.trim() === "*") return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifMatch.split(",").some((tag) => bare(tag) === bare(String(version)));
}
