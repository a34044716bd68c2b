import { current, custom, text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { LONGEST_DECLINE_REASON } from "#domain/policy/acknowledgement/answer-problems.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { getChangesSinceOwn } from "#server/policy/policy/change-queries.ts";

const SUPERSEDED =
  "Another version has taken the place of the one you saw. Your answer was not recorded. Read this version, then answer it. Any reason you wrote is kept.";

/** What the reader is asked to accept, in which version; or the answer they gave. */
export const page = definePage({
  path: "/policies/[slug]/acknowledge",
  async read({ actor, params }) {
    const own = await getOwnStanding(actor, params.slug);
    const isAsked = own?.standing.kind === "outstanding";
    return own && { ...own, since: isAsked ? await getChangesSinceOwn(actor, own.slug) : null };
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
    reason: text("Why do you decline?", {
      hint: `Only if you decline. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  stored: ({ view: { version } }) => ({ version: version.version, hash: version.hash }),
  body({ view: { standing, version, due }, formState, field }) {
    if (standing.kind === "declined") return <input type="hidden" name="answer" value="accepted" />;
    // The choice was made about one version and is not carried over to another, but what was written is.
    const isSameVersion = formState.value("hash") === version.hash;
    const isChosen = (answer: string) => isSameVersion && formState.isChosen("answer", answer);
    const hint = "The policy owner reads your reason and answers you.";
    return (
      <>
        <RadioQuestion
          name="answer"
          question={`Do you accept version ${version.version}?`}
          heading={false}
          help={
            <p className="text-small text-soft">
              {due === null ? "You need not answer it, and can." : `Answer by ${dateInWords(due)}.`}
            </p>
          }
          error={formState.errorOf("answer")}
          options={[
            { value: "accepted", label: "I accept", checked: isChosen("accepted") },
            { value: "declined", label: "I decline", hint, checked: isChosen("declined") },
          ]}
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
    const isNew = result.code === "recorded" || result.answer === values.answer;
    return `/acknowledgements/${result.reference}?${isNew ? "done" : "already"}=1`;
  },
});
