/** What an exported journal proves and what not: the same words in the portal and in the export. */

export interface ProofSection {
  heading: string;
  /** What stands between backticks is to be typed, or the name of a file. */
  paragraphs?: readonly string[];
  points?: readonly string[];
}

export const PROOF_HEADING = "What an export of the evidence proves";

/** In the order in which an auditor needs them. */
export const PROOF_SECTIONS: readonly ProofSection[] = [
  {
    heading: "First, get the key from elsewhere",
    paragraphs: [
      "An export is signed with the key of the body whose evidence it is. Whoever makes up an export can make up its key, and can write any address and any thumbprint on this page. So take the key from somebody or somewhere that you know, not from the export.",
    ],
    points: [
      "By telephone or by letter: ask an administrator, a governance officer or an auditor of the body for the thumbprint of the key, on a number that you have from elsewhere. They see it in the portal under Evidence: sixteen groups of four digits. Then, in the folder of the export: `node verify.mjs --key` followed by the thumbprint.",
      "From the portal, at an address that you have from elsewhere: `node verify.mjs --key-of` followed by that address. It fetches the keys over https, and sees whether one was revoked since.",
      "From what you noted or saved earlier: the thumbprint, or a file with the keys, saved outside the folder of the export: `node verify.mjs --keys` followed by the file. A file that lies in the folder counts as no proof.",
    ],
  },
  {
    heading: "Then check it",
    points: [
      "Unpack the ZIP file. You need Node.js 20 or later, and nothing of ours.",
      "Run one of the commands above in its folder. Its first line says what was found, and so does the number with which it ends.",
      "0, “proven”: nothing was changed, and a key that you gave signed it.",
      "1, “fault”: it was changed, or it was not signed by a key that you gave. The first line names the first row or file that is wrong.",
      "2, “not proven”: its parts fit each other, but nothing shows who signed it, because you gave no key, or because the key was revoked.",
      "3, “not checked”: something could not be read or fetched, or a command was typed wrongly.",
      "To know that nothing was written anew since an earlier export, add `--earlier` followed by its folder. Since a head that you noted, add `--head` followed by the head, such as `nao:412:3f9a…`",
      "`verify.mjs` comes with the export, and whoever changed one could have changed the other. If that matters, take the file from the portal's source code, where it is `server/evidence/journal/verify.mjs`, and give it the folder.",
    ],
  },
  {
    heading: "What it proves",
    points: [
      "No row of the period was changed, taken out, put in between or moved since the export was made. Each row carries the hash of the row before it.",
      "No row at the end of the period was cut off since then. The signed list of contents names the first row, the last row and the newest row of the whole chain.",
      "All rows before the period are bound in. The first row carries the hash of the one before it, and that one the hash of the one before, back to the first row of all.",
      "The policies are those that people were shown. Each row that names a version names the hash of its text and rules.",
      "With texts: each text is the one that was written with its row. A text that was erased leaves its row whole.",
      "With a key that you have from elsewhere: who has this key signed it, and nobody else.",
    ],
  },
  {
    heading: "What it does not prove",
    points: [
      "That the portal did not write another chain before it was exported. Whoever owns the database can compute every hash anew, and whoever owns the portal can sign that. Heads that were noted outside the portal show it, and so does an earlier export.",
      "Who signed, if you take the key from the export itself. Whoever makes up an export can make up its key.",
      "That people meant what they pressed, or that the clock of the portal was right.",
      "That names are right. Rows hold opaque identifiers; names stand beside them as the directory has them on the day of the export.",
      "That something which was never recorded did not happen.",
    ],
  },
  {
    heading: "Heads, certificates and witnesses",
    points: [
      "A head is one number for a whole chain: if any row before it is changed, added or taken out, another number comes of it. The portal signs and publishes one a day. It proves nothing of what was written after it.",
      "An inclusion proof comes with a certificate. It shows that this one row is among those of a published head, and where, without showing any other row. It does not show that what the row says is true.",
      "A consistency proof comes with a head. It shows that an earlier head was continued: no row of it was changed since, and none was taken out.",
      "A witness is somebody outside who signed that they saw a head, and when. Whoever runs the portal cannot write another chain for that time unless the witness helps. A witness vouches for the number, not for what the rows say.",
      "A time-stamp is the same from an authority for time-stamps: the head existed at that moment. `verify.mjs` checks that it is on this head and who signed it; whether you trust that authority is yours to decide.",
      "To check a certificate or a head alone: `node verify.mjs` followed by its file, and a key as above.",
    ],
  },
  {
    heading: "What is in it",
    points: [
      "`evidence`: the rows, one a line. The hash of a row is the SHA-256 of the JSON array `[1, body, position, event, at, actor, subject, policy, version, contentHash, data, commitment, previousHash]`.",
      "`details`: the texts, each with its salt, if you asked for them. The SHA-256 of `[1, salt, detail]` is the commitment in the row.",
      "`people`: the names that belong to the identifiers, if you asked for them. They are not hashed, because they may be replaced when somebody has left.",
      "`policies`: text, rules and questions of each version that held in the period or that a row names.",
      "`manifest.json`: the list of contents, with the SHA-256 of every file. `manifest.jws`: the same, signed (Ed25519, JWS).",
      "`jwks.json`: the public keys of the body on the day of the export. They say nothing of who signed it.",
    ],
  },
  {
    heading: "Keys that are replaced or revoked",
    points: [
      "Each body has its own key. A key signs for two years at most, then another takes its place. What it signed still verifies: earlier keys stay published. An export that is dated before or after the time of its key is refused, and so is one that is signed with the key of another body.",
      "A key that others may know is revoked as compromised. Nothing that it signed is proven any more, of whatever date, because whoever has it can write any date. Ask for the period again: the rows are the same, and a new key signs them.",
      "A key that is revoked as superseded was known to nobody else: what it signed before that moment stays proven.",
      "A thumbprint alone does not tell whether the key was revoked since. The keys that the portal publishes do.",
    ],
  },
  {
    heading: "The period",
    paragraphs: [
      "A period goes from its first day to its last, both included, in London time. The export holds every row from the first one of the period to the last. Positions have no gaps: a row whose time lies outside the period, because a clock was moved, is in it when it stands between.",
    ],
  },
];

/** The same as a page of its own, for the export. @param portal address of the portal */
export function proofPage(portal: string): string {
  const sections = PROOF_SECTIONS.map(({ heading, paragraphs = [], points = [] }) => {
    const list =
      points.length > 0 ? `<ul>\n${points.map((point) => `<li>${withCode(point)}</li>`).join("\n")}\n</ul>` : "";
    return `<h2>${escape(heading)}</h2>\n${paragraphs.map((text) => `<p>${withCode(text)}</p>`).join("\n")}${list}`;
  });
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${PROOF_HEADING}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { line-height: 1.2; } h2 { margin-top: 2rem; } li { margin-bottom: 0.5rem; }
</style>
</head>
<body>
<h1>${PROOF_HEADING}</h1>
<p>This export says that it comes from the portal at ${escape(portal)}. Make sure of that address before you rely on it.</p>
${sections.join("\n")}
</body>
</html>
`;
}

/** The parts of a sentence; every second one is to be typed, or the name of a file. */
export const proofParts = (text: string): string[] => text.split("`");

const withCode = (text: string): string =>
  proofParts(text)
    .map((part, at) => (at % 2 === 0 ? escape(part) : `<code>${escape(part)}</code>`))
    .join("");

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
