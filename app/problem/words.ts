import type { RequestProblem } from "#server/base/request/problem.ts";

type Words = { title: string; sentences: readonly string[] };

/** The largest size of any form without a file, in bytes. */
const FORM_BYTES = 1_000_000;

const FAILED: Words = {
  title: "Something went wrong",
  sentences: [
    "This is our fault, not yours. If you were sending a form, check first whether it arrived.",
    "Load the page again in a minute. If it keeps happening, tell the people who run this portal.",
  ],
};

const WORDS: Readonly<Partial<Record<RequestProblem["kind"], (problem: RequestProblem) => Words>>> = {
  away: (problem) => ({ title: "The portal cannot reach its records", sentences: whenAway(problem) }),
  "too-many": (problem) => ({ title: "Wait a moment", sentences: whenTooMany(problem) }),
  "too-large": whenTooLarge,
  "too-many-fields": () => ({
    title: "That is too much at once",
    sentences: [
      "This form has more than 2,000 fields, so nothing was saved.",
      "Go back in your browser: what you typed should still be there. Choose fewer things at a time, or the choice for all of them where there is one, then send it again.",
    ],
  }),
  "too-complex": () => ({ title: "That is too much at once", sentences: ["Nothing was saved. Send less at a time."] }),
  "too-slow": () => ({
    title: "It took too long to arrive",
    sentences: [
      "The connection was too slow, so nothing was saved.",
      "Go back in your browser: what you typed should still be there. Send it again when the connection is better.",
    ],
  }),
  "signed-out": () => ({
    title: "Sign in first",
    sentences: [
      "You are not signed in any more, so nothing was saved.",
      "Sign in, then choose the file again and send it.",
    ],
  }),
  "not-allowed": () => ({
    title: "You cannot send this",
    sentences: [
      "Nothing was saved. Only an administrator may send a list of people.",
      "If this is part of your work, ask an administrator for the role.",
    ],
  }),
  busy: () => ({
    title: "Wait a moment",
    sentences: [
      "Somebody else is sending a large file, so yours was not taken. Nothing was saved.",
      "Go back in your browser, wait a minute, then choose the file again and send it.",
    ],
  }),
  foreign: () => ({
    title: "This form came from another site",
    sentences: [
      "Nothing was saved. Only pages of this portal may send its forms.",
      "Open the portal by its own address and fill in the form there. If you came from a link in a message, tell your IT service desk.",
    ],
  }),
};

/** What to say about a request that could not be served: what happened, what became of what was sent, what to do. */
export const problemWords = (problem: RequestProblem | null): Words =>
  (problem && WORDS[problem.kind]?.(problem)) ?? FAILED;

function whenAway({ form, isUnsure }: RequestProblem): string[] {
  const whose = "This is our fault, not yours. It usually passes within minutes.";
  if (!form)
    return [whose, "Load the page again in a minute. If it keeps happening, tell the people who run this portal."];
  const saved = isUnsure
    ? "We do not know whether this was saved. Sending it again does no harm."
    : "Nothing was saved.";
  const next = form.hasFile
    ? "A file cannot be kept. Go back in your browser, choose it again and send the form."
    : "What you typed is kept on this page. Leave it open, wait a minute, then send it again.";
  return [whose, saved, next];
}

function whenTooMany({ waitSeconds = 60, form }: RequestProblem): string[] {
  const wait = waitSeconds === 1 ? "1 second" : `${waitSeconds} seconds`;
  const whose = "You, or somebody on your network, asked for this too often.";
  if (!form) return [whose, `Wait ${wait}, then load the page again.`];
  return [whose, `Nothing was saved. What you typed is kept on this page. Wait ${wait}, then send it again.`];
}

function whenTooLarge({ mostBytes = 0 }: RequestProblem): Words {
  if (mostBytes > FORM_BYTES)
    return {
      title: "The file is too large",
      sentences: [
        // The other fields of the form are not the file's.
        `We can take ${inMegabytes(mostBytes - FORM_BYTES)} at most, so nothing was saved.`,
        "Go back in your browser, choose a smaller file and send it.",
      ],
    };
  return {
    title: "That is too much at once",
    sentences: [
      `We can take ${inMegabytes(mostBytes)} at most, so nothing was saved.`,
      "Go back in your browser: what you typed should still be there. Shorten the longest text or choose a smaller file, then send it again.",
    ],
  };
}

function inMegabytes(bytes: number): string {
  const megabytes = Math.round(bytes / 1_000_000);
  return megabytes === 1 ? "1 megabyte" : `${megabytes} megabytes`;
}
