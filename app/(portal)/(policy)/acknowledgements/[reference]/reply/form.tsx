import { choice, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, FormPage, refused, showPage } from "#app/_portal/form/form.tsx";
import {
  DECLINE_THEMES,
  GROUND_WORDS,
  LONGEST_DECLINE_REASON,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { getDecline } from "#server/policy/acknowledgement/queries.ts";
import { answerDecline } from "#server/policy/acknowledgement/service.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Panel } from "#app/_ui/layout.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";

/** For whoever answers the decline: who declined and why. */
export const page = definePage({
  path: "/acknowledgements/[reference]/reply",
  reference: "ACK",
  read: ({ actor, params }) => getDecline(actor, params.reference),
  heading: "Answer a decline",
  section: "tasks",
  back: { href: "/tasks", label: "Your tasks" },
  kicker: ({ view }) => view.reference,
});

/** The single reply to a decline. */
export const { form, GET, POST } = defineFormPage(page, {
  fields: {
    theme: choice(
      "What is the decline about?",
      DECLINE_THEMES,
      "The board sees how many declines are about each theme, and nothing that anybody wrote.",
    ),
    reply: text("Your answer", {
      hint: `They read it, and are asked to answer the policy again. You can answer once. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`,
      lines: 6,
    }),
  },
  button: "Send my answer",
  submit: ({ actor, params, values }) => answerDecline(actor, params.reference, values),
  done: ({ code }, { path }) =>
    code === "too-late"
      ? refused("This decline has been answered already. What you wrote was not sent; you find it below.")
      : path,
});

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { title, version, person, ground, reason, givenAt, isOnPaper, reply } = shown.view;
  const unsent = shown.formState.value("reply");
  return (
    <FormPage definition={page.definition} shown={shown}>
      <SummaryList
        rows={{
          Policy: `${title}, version ${version}`,
          "Declined by": person.hasLeft ? (
            `${person.name}, who has left`
          ) : (
            <PersonName name={person.name} email={person.email} />
          ),
          Role: person.roles.map((role) => ROLE_NAMES[role]).join(", "),
          Team: [person.team ?? "None", person.employer].join(", "),
          "Declined on": <GivenOn givenAt={givenAt} isOnPaper={isOnPaper} />,
          "They said": ground !== null && GROUND_WORDS[ground],
          Reason: <UserText>{reason}</UserText>,
        }}
      />
      {reply ? (
        <>
          <Banner title={reply.isMine ? "You have answered" : `${reply.by} has answered`}>
            <UserText>{reply.text}</UserText>
            <p className="text-small text-soft">
              <Moment at={reply.at} />. The person is asked to answer the policy again.
            </p>
          </Banner>
          {unsent !== "" && unsent !== reply.text && (
            <Panel title="What you wrote, not sent">
              <UserText>{unsent}</UserText>
            </Panel>
          )}
        </>
      ) : (
        form.show(shown)
      )}
    </FormPage>
  );
});
