import type { ExceptionRecord } from "#server/policy/exception/queries.ts";

type Whom = Pick<ExceptionRecord, "scope" | "requester" | "teamName" | "groupName">;

/** Whom a request is for: "You", "Everyone in Housing"; null while nobody was chosen. */
export function whomInWords({ scope, requester, teamName, groupName }: Whom, isMine: boolean): string | null {
  if (scope === "person") return isMine ? "You" : requester.name;
  if (scope === "team") return teamName ? `Everyone in ${teamName}` : "A team that no longer exists";
  if (scope === "group")
    return groupName ? `Everyone in the chat group “${groupName}”` : "A chat group that no longer exists";
  return null;
}
