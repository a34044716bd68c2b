import { current, custom, openChoice, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused } from "#app/_portal/form/form.tsx";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { RadioQuestion } from "#app/_ui/fields.tsx";
import {
  DECLINE_GROUNDS,
  GROUND_WORDS,
  LONGEST_DECLINE_REASON,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { CHOICE_WORDS } from "#domain/policy/understanding/check-situation.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { getChangesSinceOwn } from "#server/policy/policy/change-queries.ts";
import { beginReading, takeAnswer } from "#server/policy/understanding/service.ts";

const SUPERSEDED =
  "Another version has taken the place of the one you saw. Your answer was not recorded. Read this version, then answer it. Any reason you wrote is kept.";

/** What the reader is asked to accept, in which version; or the answer they gave. */
export const page = definePage({
  path: "/policies/[slug]/acknowledge",
  async read({ actor, params }) {
    const own = await getOwnStanding(actor, params.slug);
    if (!own) return null;
    const { kind } = own.standing;
    return {
      ...own,
      since: kind === "outstanding" ? await getChangesSinceOwn(actor, own.slug) : null,
      reading: kind === "accepted" ? null : await beginReading(actor, own.version),
    };
  },
  heading: ({ view }) => `Your answer to “${view.version.frontMatter.title}”`,
  section: "policies",
  back: ({ view }) => ({ href: `/policies/${view.slug}`, label: "The policy" }),
  kicker: ({ view: { body, version } }) =>
    `${body.name} · version ${version.version} · ${STATUS_WORDS[version.frontMatter.status]} · fingerprint ${version.hash.slice(0, 12)}`,
});

/**
 * Accept or decline; after declining, people may accept at any time without waiting for the policy owner. The form
 * carries the version and hash that the page shows, so that it cannot answer for any other.
 */
export const form = defineForm(page, {
  fields: {
    version: current(),
    hash: current(),
    answer: custom((sent) => sent.text("answer")),
    reason: text("What do you not understand, or why can you not agree?", {
      hint: `Only if you do not accept. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  stored: ({ view: { version } }) => ({ version: version.version, hash: version.hash }),
  body({ view: { standing, version, due, reading }, formState, field }) {
    if (standing.kind === "declined") return <input type="hidden" name="answer" value="accepted" />;
    // The choice was made about one version and is not carried over to another, but what was written is.
    const isSameVersion = formState.value("hash") === version.hash;
    const isChosen = (answer: string) => isSameVersion && formState.isChosen("answer", answer);
    const hint = "It goes to whoever looks after the policy, who answers you. You are not reminded until then.";
    const declines = DECLINE_GROUNDS.map((ground) => ({
      value: ground,
      label: GROUND_WORDS[ground],
      hint,
      checked: isChosen(ground),
    }));
    const accepts = { value: "accepted", label: "I accept", checked: isChosen("accepted") };
    const mayAccept = !reading?.asking;
    return (
      <>
        <RadioQuestion
          name="answer"
          question={mayAccept ? `Do you accept version ${version.version}?` : "What is the problem?"}
          heading={false}
          help={
            <p className="text-small text-soft">
              {due === null ? "You do not have to answer it, but you can." : `Answer by ${dateInWords(due)}.`}
            </p>
          }
          error={formState.errorOf("answer")}
          options={mayAccept ? [accepts, ...declines] : declines}
        />
        {field("reason")}
      </>
    );
  },
  button: ({ view: { standing, version } }) =>
    standing.kind === "declined" ? `Accept version ${version.version} after all` : "Record my answer",
  submit: ({ actor, params, values }) => acknowledgePolicy(actor, { slug: params.slug, ...values }),
  done(result, { values }) {
    if (result.code === "superseded") return refused(SUPERSEDED);
    const wasAccepted = values.answer === "accepted";
    const isNew = result.code === "recorded" || (result.answer === "accepted") === wasAccepted;
    return `/acknowledgements/${result.reference}?${isNew ? "done" : "already"}=1`;
  },
});

/** One situation from the policy's own table. What is right stands nowhere on the page. */
export const situationForm = defineForm(page, {
  do: "situation",
  fields: { situation: current(), choice: openChoice("What does the policy say: may you?") },
  stored: ({ view: { reading } }) => ({ situation: reading?.asking?.asked.id }),
  body: ({ view: { reading }, field }) =>
    field("choice", {
      options: Object.fromEntries(
        (reading?.asking?.asked.choices ?? []).map((verdict) => [verdict, CHOICE_WORDS[verdict]]),
      ),
    }),
  button: "Answer",
  submit: ({ actor, params, values }) => takeAnswer(actor, { slug: params.slug, ...values }),
  done: (_, { path }) => `${path}#situations`,
});
