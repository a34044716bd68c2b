/** The pages below a request that give a command: one form each. */
export type CommandPage =
  "approve" | "decline" | "request-changes" | "pass-on" | "withdraw" | "revoke" | "give-more-time" | "extend";

/** Address of a request, or of one of its forms; the reference may be anything that somebody typed. */
export function exceptionPath(reference: string, page?: CommandPage): string {
  return `/exceptions/${encodeURIComponent(reference)}${page ? `/${page}` : ""}`;
}
