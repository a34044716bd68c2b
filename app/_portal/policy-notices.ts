import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { correctionWords, isInterimOverdue } from "#domain/policy/policy/front-matter.ts";
import { clock } from "#server/base/clock.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

interface PolicyNotice {
  tone?: "warning";
  title: string;
  says: string;
  link?: { href: string; label: string };
}

/** What a reader must know about a policy before relying on it: another body's, draft, interim, withdrawn, overdue. */
export function policyNotices({ version, body, isMine, isReviewOverdue, isPublished }: ReadablePolicy): PolicyNotice[] {
  const { status, reviewDue, interimUntil } = version.frontMatter;
  const ofStatus: Partial<Record<typeof status, { title: string; says: string }>> = {
    draft: {
      title: "This is a draft",
      says: "It is not in force. Follow it as advice, and ask before you rely on it.",
    },
    interim: {
      title: "This is an interim policy",
      says: `It applies until a fuller one replaces it. ${
        interimUntil ? `That was promised for ${dateInWords(interimUntil)}.` : "No date is promised for that."
      }${
        isInterimOverdue(version.frontMatter, calendarDay(clock.now()))
          ? " That day has passed, and it still applies."
          : ""
      }`,
    },
    withdrawn: { title: "This policy was withdrawn", says: "It no longer applies." },
  };
  const said = ofStatus[status];
  return [
    ...(isMine
      ? []
      : [
          {
            title: "This is not your employer's policy",
            says: `It belongs to ${body.name} and does not bind you.`,
          },
        ]),
    ...(isPublished
      ? []
      : [
          {
            tone: "warning" as const,
            title: "Not published yet",
            says: "Only policy owners, governance officers and the senior information risk owner see this version. It can still change.",
            link: { href: "/proposals", label: "Have it published" },
          },
        ]),
    ...(said ? [{ tone: "warning" as const, ...said }] : []),
    ...(isReviewOverdue && reviewDue
      ? [
          {
            tone: "warning" as const,
            title: "The review of this policy is overdue",
            says: `It was due by ${dateInWords(reviewDue)}. Parts may be out of date.`,
          },
        ]
      : []),
  ];
}

/** That a version is not in force today, and what is; null for the one that is, and for what says so itself. */
export function versionNotice({ version, state, current }: ReadablePolicy): { title: string; says: string } | null {
  if (current === version.version) return null;
  const isNone = current === null;
  const notices: Partial<Record<typeof state, { title: string; says: string }>> = {
    superseded: {
      title: `This is an old version. ${isNone ? "It no longer applies." : `Version ${current} applies now.`}`,
      says: `${isNone ? "" : "Follow the newer one. "}This page is a record of the past.`,
    },
    future: {
      title: `This version applies from ${dateInWords(version.frontMatter.effective ?? "")}`,
      says: isNone ? "Until then no version applies." : `Until then follow version ${current}.`,
    },
    draft: {
      title: "This version is a draft",
      says: isNone ? "No version applies yet." : `Version ${current} applies.`,
    },
  };
  return notices[state] ?? null;
}

/** Whose policy it is and since when, in one line below its title. */
export function policyInOneLine({ version, body, state, isReviewOverdue }: ReadablePolicy): string {
  const correction = correctionWords(version.frontMatter);
  const { effective, reviewDue } = state === "withdrawn" ? { effective: null, reviewDue: null } : version.frontMatter;
  return [
    body.name,
    `version ${version.version}${correction ? `, ${correction}` : ""}`,
    ...(effective ? [`${state === "future" ? "from" : "since"} ${dateInWords(effective)}`] : []),
    ...(reviewDue && !isReviewOverdue ? [`next review by ${dateInWords(reviewDue)}`] : []),
  ].join(" · ");
}
