/** What links inside the portal are checked against. */
export interface LinkTargets {
  /** Anchors of the version being linted. */
  own: ReadonlySet<string>;
  /** Anchors of another text: of that version, or of the one that `/policies/[slug]` shows. Null if there is none. */
  anchorsOf(slug: string, version: string | null): ReadonlySet<string> | null;
}

/** First path segments to which a policy may link. */
export const LINKABLE_SECTIONS: readonly string[] = [
  "absences",
  "accessibility-statement",
  "acknowledgements",
  "admin",
  "apps",
  "board",
  "campaigns",
  "check",
  "checks-held",
  "clear-downs",
  "complaints",
  "content",
  "continuity",
  "decisions",
  "deputies",
  "drafts",
  "evidence",
  "exceptions",
  "figures",
  "figures.csv",
  "governance",
  "groups",
  "holds",
  "incidents",
  "llms.txt",
  "matrix",
  "matrix.csv",
  "matrix.md",
  "matrix.svg",
  "me",
  "more",
  "offline",
  "outside-rules",
  "phone-returns",
  "photos",
  "policies",
  "privacy",
  "proposals",
  "questions",
  "records",
  "requests",
  "search",
  "tasks",
  "team",
];
/** Pages under /policies other than the policies. */
export const LIBRARY: readonly string[] = ["compare", "merge", "reviews.ics"];
/** Pages under a policy other than its versions. */
export const OF_POLICY: readonly string[] = [
  "about",
  "acknowledge",
  "ask",
  "card",
  "changes",
  "clauses",
  "clauses.csv",
  "coverage",
  "debt",
  "map",
  "on",
  "outcomes",
  "outcomes.csv",
  "outcomes.json",
  "poster",
  "rules.dmn",
  "situations.csv",
  "suggest",
  "text.md",
];
/** Anchors that the page of a version has besides those of its text. */
export const OF_PAGE: readonly string[] = [
  "contacts",
  "document-control",
  "gaps",
  "in-short",
  "outside-rules",
  "scope",
  "your-answer",
];

/**
 * What is wrong with a link, as one or two sentences, or null. External links are not followed: the check works
 * offline.
 */
export function linkProblem(href: string, targets: LinkTargets): string | null {
  if (href === "") return "The link has no address. Write one or take the link out.";
  if (href.startsWith("#")) return anchorProblem(targets.own, href.slice(1), "this text");
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return outsideProblem(href);
  const [path = "", anchor = null] = splitAnchor(href);
  if (!href.startsWith("/"))
    return `"${path}" is not an address: the portal shows no other files. Begin it with / in the portal, with https:// outside.`;
  const [, area = "", slug, part, version] = path.split("?")[0]?.split("/") ?? [];
  if (area !== "" && !LINKABLE_SECTIONS.includes(area)) return `The portal has no page "/${area}". Correct the link.`;
  if (area !== "policies" || !slug || LIBRARY.includes(slug)) return null;
  if (targets.anchorsOf(slug, null) === null) return `There is no policy "${slug}". Correct the link.`;
  if (part === "versions") {
    const anchors = targets.anchorsOf(slug, version ?? "");
    if (!anchors) return `The policy "${slug}" has no version "${version ?? ""}". Correct the link.`;
    return anchor === null ? null : anchorProblem(anchors, anchor, `version ${version ?? ""} of "${slug}"`);
  }
  if (part && !OF_POLICY.includes(part)) return `A policy has no page "${part}". Correct the link.`;
  const anchors = targets.anchorsOf(slug, null);
  return part || anchor === null || !anchors ? null : anchorProblem(anchors, anchor, `the policy "${slug}"`);
}

function anchorProblem(anchors: ReadonlySet<string>, anchor: string, where: string): string | null {
  if (anchors.has(anchor) || OF_PAGE.includes(anchor)) return null;
  return `There is no "#${anchor}" in ${where}. Clauses are #clause-2.1, numbered headings #section-2.`;
}

function outsideProblem(href: string): string | null {
  if (/^mailto:/i.test(href))
    return /^mailto:[^@\s]+@[^@\s]+$/i.test(href)
      ? null
      : `"${href}" is not an e-mail address. Write mailto:name@example.org.`;
  if (/^tel:/i.test(href))
    return /^tel:\+?[\d-]+$/i.test(href) ? null : `"${href}" is not a phone number. Write tel:+44….`;
  // Browsers mend "https:/www.example.org"; authors should see it.
  const url = /^https?:\/\/[^/]/i.test(href) && URL.canParse(href) ? new URL(href) : null;
  return url && (url.hostname.includes(".") || url.hostname === "localhost")
    ? null
    : `"${href}" is not an address. Write it as https://www.example.org/page.`;
}

function splitAnchor(href: string): [path: string, anchor?: string] {
  const at = href.indexOf("#");
  return at < 0 ? [href] : [href.slice(0, at), href.slice(at + 1)];
}
