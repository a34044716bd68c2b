import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_DECLINE_REASON } from "#domain/policy/acknowledgement/answer-problems.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { OwnStanding } from "#server/policy/acknowledgement/queries.ts";

type FormProps = { actor: Actor; own: OwnStanding };

/** Accept or decline. It carries the version and hash that the page shows, so that nothing else can be answered by it. */
export function AnswerForm({ actor, own: { slug, version, due }, refill }: FormProps & { refill: Refill }) {
  // A choice was made about one version: it is not carried over to another, but what was written is.
  const isSameVersion = refill.value("hash") === version.hash;
  const isChosen = (answer: string) => isSameVersion && refill.isChosen("answer", answer);
  return (
    <PostForm
      actor={actor}
      action={`/policies/${slug}/acknowledge/send`}
      hidden={{ version: version.version, hash: version.hash }}
    >
      <RadioQuestion
        name="answer"
        question={`Do you accept version ${version.version}?`}
        heading={false}
        help={<p className="text-small text-soft">Answer by {dateInWords(due)}.</p>}
        error={refill.errorOf("answer")}
        options={[
          { value: "accepted", label: "I accept", checked: isChosen("accepted") },
          {
            value: "declined",
            label: "I decline",
            hint: "The policy owner reads your reason and answers you.",
            checked: isChosen("declined"),
          },
        ]}
      />
      <TextField
        name="reason"
        label="Why do you decline?"
        hint={`Only if you decline. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`}
        lines={4}
        defaultValue={refill.value("reason")}
        error={refill.errorOf("reason")}
      />
      <Button>Record my answer</Button>
    </PostForm>
  );
}

/** For those who declined: an acceptance is possible at any time, without waiting for the policy owner. */
export function AcceptAfterAll({ actor, own: { slug, version } }: FormProps) {
  return (
    <PostForm
      actor={actor}
      action={`/policies/${slug}/acknowledge/send`}
      hidden={{ version: version.version, hash: version.hash, answer: "accepted" }}
    >
      <Button>Accept version {version.version} after all</Button>
    </PostForm>
  );
}
