/** The pages below a request on which a command is given: one form each. */
export type CommandPage = "approve" | "decline" | "request-changes" | "withdraw" | "revoke";

/** Address of a request, or of one of its forms; the reference may be whatever somebody typed. */
export function exceptionPath(reference: string, page?: CommandPage): string {
  return `/exceptions/${encodeURIComponent(reference)}${page ? `/${page}` : ""}`;
}
