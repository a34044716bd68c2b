/** Where the page of each kind of reference is, before the reference itself. */
const PAGES: Readonly<Record<string, string>> = {
  ACK: "/acknowledgements",
  ASK: "/questions",
  CAM: "/campaigns",
  CHK: "/checks-held/samples",
  CON: "/continuity",
  DEC: "/decisions",
  EX: "/exceptions",
  GRP: "/groups",
  HLD: "/holds",
  HOK: "/admin/webhooks",
  INC: "/incidents",
  PHO: "/photos",
  PHR: "/phone-returns",
  PRO: "/proposals",
  REC: "/records",
  REQ: "/requests",
  SUR: "/checks-held",
  TOK: "/admin/tokens",
};

/** The kind of reference that a subject of evidence is, such as "EX"; "" if it is none. */
export const subjectKind = (subject: string): string => /^([A-Z]+)-/.exec(subject)?.[1] ?? "";

/** Address in the portal of what a row of evidence is about; null if it has no page. Says nothing of who may open it. */
export function subjectPath({ event, subject }: { event: string; subject: string }): string | null {
  if (event === "app.decided") return `/apps/${subject}`;
  const page = PAGES[subjectKind(subject)];
  return page === undefined ? null : `${page}/${subject}`;
}
