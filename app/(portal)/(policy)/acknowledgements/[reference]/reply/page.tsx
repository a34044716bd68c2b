import { GivenOn } from "#app/_portal/given-on.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { FormPage, showPage } from "#app/_portal/form/form.tsx";
import { Panel } from "#app/_ui/layout.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { GROUND_WORDS } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { title, version, person, ground, reason, givenAt, isOnPaper, reply } = shown.view;
  const unsent = shown.formState.value("reply");
  return (
    <FormPage definition={page.definition} shown={shown}>
      <SummaryList
        rows={{
          Policy: `${title}, version ${version}`,
          "Declined by": person.hasLeft ? `${person.name}, who has left` : person.name,
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
export { generateMetadata, Page as default };
