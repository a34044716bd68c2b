/** The address of a page below a request, such as "why"; one that was reached from the check page leads back there. */
export function sectionPath(reference: string, page: string, isFromCheck: boolean): string {
  return `/exceptions/${reference}/${page}${isFromCheck ? "?from=check" : ""}`;
}

/** The address that takes what the form on such a page sends. */
export function sendPath(reference: string, page: string, isFromCheck: boolean): string {
  return sectionPath(reference, `${page}/send`, isFromCheck);
}
