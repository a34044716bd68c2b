/** What an exported journal proves and what not: the same words in the portal and in the export (issue 7, item 8). */

export interface ProofSection {
  heading: string;
  /** What stands between backticks is to be typed, or the name of a file. */
  paragraphs?: readonly string[];
  points?: readonly string[];
}

export const PROOF_HEADING = "What an export of the evidence proves";

/** In the order in which an auditor asks. */
export const PROOF_SECTIONS: readonly ProofSection[] = [
  {
    heading: "What it proves",
    points: [
      "No row of the period was changed, taken out, put in between or moved since the export was made. Each row carries the hash of the row before it.",
      "No row at the end of the period was cut off since then. The signed list of contents names the first row, the last row and the newest row of the whole chain.",
      "All rows before the period are bound in. The first row carries the hash of the one before it, and that one the hash of the one before, back to the first row of all.",
      "The policies are those that people were shown. Each row that names a version names the hash of its text and rules.",
      "With texts: each text is the one that was written with its row. A text that was erased leaves its row whole.",
      "With keys that you have from elsewhere: this portal signed it, and nobody else.",
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
    heading: "How to check it",
    points: [
      "Unpack the ZIP file. You need Node.js 20 or later, and nothing of ours.",
      "Run `node verify.mjs` in its folder. It ends with 0 when all is right, with 1 when something is wrong, and then names the first row or file that is, and with 2 when it could not check.",
      "To know who signed, fetch the keys from the portal: `node verify.mjs --key-of` followed by its address. Or hand over a file that you saved earlier: `node verify.mjs --keys jwks.json`.",
      "To know that nothing was written anew since an earlier export: `node verify.mjs --earlier` followed by its folder.",
      "To know that nothing was written anew since a head that you noted: `node verify.mjs --head` followed by the head, such as `nao:412:3f9a…`",
      "`verify.mjs` comes with the export, and whoever changed one could have changed the other. If that matters, take the file from the portal's source code, where it is `scripts/verify.mjs`, and give it the folder.",
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
      "`jwks.json`: the public keys of the portal on the day of the export.",
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
<p>Made by the portal at ${escape(portal)}. Its keys: ${escape(portal)}/.well-known/jwks.json</p>
${sections.join("\n")}
</body>
</html>
`;
}

/** The parts of a sentence; every second one is to be typed, or the name of a file. */
export function proofParts(text: string): string[] {
  return text.split("`");
}

function withCode(text: string): string {
  return proofParts(text)
    .map((part, at) => (at % 2 === 0 ? escape(part) : `<code>${escape(part)}</code>`))
    .join("");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
