import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, type Query, refused } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { LONGEST_WORDS } from "#domain/answers/receipt/receipt.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { readWizardQuery, stepFor, type WizardQuery, type WizardStep } from "#domain/policy/decision/wizard.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { PHOTO_PARAMETER, withPhotoAnswer } from "#domain/registers/consent/photo-answer.ts";
import { readChat } from "#domain/registers/group/chat-answer.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { keepReceipt } from "#server/answers/receipt/service.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";
import { dayAsked, getPolicy, getSlugFor, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { LONGEST_QUERY, readSearchRequest } from "#server/policy/search/queries.ts";
import { findWays, listStarts } from "#server/policy/search/way-queries.ts";

/** A step of the wizard with what it rests on: a question, or a result. */
export type CheckPlace<Kind extends WizardStep["kind"]> = Extract<Place, { kind: "step" }> & {
  step: Extract<WizardStep, { kind: Kind }>;
};
/** The first page of the check: what it is about, or what fits the words that were typed. */
export type StartPlace = Extract<Place, { kind: "start" }>;

type Place = NonNullable<Awaited<ReturnType<typeof readPlace>>>;

/** The wizard: one question per page, then the result. The address holds all its state. */
export const page = definePage({
  path: "/check",
  read: ({ actor, query }) => readPlace(actor, query),
  heading: ({ view: check }) => {
    if (check.kind === "chooser") return "Which policy?";
    if (check.kind === "start") return startHeading(check);
    const { policy, step } = check;
    return step.kind === "result" ? resultHeadline({ ...check, step }) : questionFor(policy.version, step.fact).ask;
  },
});

/** What an address asks for: a policy and a step of the wizard, or a policy still to be chosen. */
async function readPlace(actor: Actor, query: Query) {
  const slug = await getSlugFor(actor, query["policy"]);
  if (slug === undefined) return { kind: "chooser" } as const;
  const on = dayAsked(query["on"]);
  const published = await getPolicy(actor, slug, on);
  if (!published) return null;
  const start = await readStart(actor, published, query);
  if (start) return start;
  // Who to ask is asked for at the same time, so that it is no statement more.
  const [own] = await Promise.all([
    getDecidingTable(actor, published, query),
    published.isMine ? getOwnLineManager(actor) : null,
  ]);
  const { table, photo } = own;
  // Its table is the one that decides for the reader.
  const policy: ReadablePolicy = { ...published, version: { ...published.version, table } };
  const read = readWizardQuery(table, photo ? withPhotoAnswer(photo, query) : query);
  const chat = readChat(own.chats, read.answers, [query["group"], own.chats ? query[own.chats.fact] : undefined]);
  // Among the answers, so that every link and form of the check keeps the day; no fact can have its name.
  const wizard: WizardQuery = { ...read, answers: on === null ? chat.answers : { ...chat.answers, on } };
  const step = stepFor(table, wizard);
  // The form says which question it asked, so that sending it without an answer is noticed.
  const hasDropped = photo?.hasDropped ?? false;
  const isUnanswered =
    step.kind === "question" && query["asked"] === step.fact && query[step.fact] === undefined && !hasDropped;
  // Whether the address gives an answer that is not offered now.
  const { continuity, activity } = own;
  const isWithheld =
    continuity !== null && !activity && [query[continuity.fact] ?? []].flat().includes(continuity.answer);
  return { kind: "step", policy, published, own, query: wizard, step, isUnanswered, isWithheld, chat } as const;
}

/** An address without answers begins at the start; so does one with words, even with none yet. */
async function readStart(actor: Actor, policy: ReadablePolicy, query: Query) {
  const { words } = readSearchRequest({ q: query["say"] });
  const isAsked = query["say"] !== undefined || query["none"] !== undefined;
  const isBare = Object.keys(query).every((name) => name === "kept");
  if (!isAsked && !isBare) return null;
  const starts = await listStarts(policy.version);
  if (!isAsked && starts.length === 0) return null;
  const isLookedFor = words !== "" && words.length <= LONGEST_QUERY;
  // Best first; null if nothing was looked for.
  const found = isLookedFor ? await findWays(actor, policy.version.slug, words) : null;
  const isNone = query["none"] !== undefined; // a person is to be asked
  return { kind: "start", policy, words, found, starts, isNone } as const;
}

function startHeading({ words, isNone }: StartPlace): string {
  if (isNone) return "Ask a person";
  return words === "" ? "What is it about?" : "What fits your question";
}

/** What a result says, on its page and in its title. */
export function resultHeadline({ policy, published, own, query, step }: CheckPlace<"result">): string {
  const { rule, path, unsaid } = step;
  const situation = Object.fromEntries(Object.entries(query.answers).filter(([name]) => path.includes(name)));
  return resultSentence(rule, {
    exception: own.exceptionFor(rule),
    unsaid,
    canBeLifted: policy.isMine && canBeLifted(published.version, situation),
    words: policy.version.words,
  });
}

export type ShownCheck = Parameters<typeof form.show>[0];

/** Keeps a result. If it cannot be kept as it was shown, the wizard shows what applies now. */
export const form = defineForm(page, {
  action: "/decisions/send",
  fields: {
    situation: current(),
    fingerprint: current(),
    startKey: startKey(),
    words: text("Your note", {
      hint: `Why it was needed, for example. No copy of the message itself, and nothing sensitive. Up to ${LONGEST_WORDS} characters.`,
      lines: 4,
    }),
  },
  button: <Button look="quiet">Keep this result</Button>,
  submit({ actor, values: { situation, ...sent } }) {
    const asked = new URLSearchParams(situation);
    const { policy: slug = "", group, [PHOTO_PARAMETER]: _, ...answers } = Object.fromEntries(asked);
    return keepReceipt(actor, { ...sent, slug, answers, group, photo: asked.getAll(PHOTO_PARAMETER) });
  },
  done: (result) =>
    result.code === "kept"
      ? `/decisions/${result.reference}?done=1`
      : refused(
          "This answer was not kept: what it rests on has changed since you saw it. Read the answer as it is now. You can keep that.",
          "keep",
        ),
});
