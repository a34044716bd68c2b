import type { Route } from "next";
import { redirect } from "next/navigation";
import { definePage, framedPage, lastOf } from "#app/_portal/form/form.tsx";
import { ButtonLink, PageSection } from "#app/_ui/layout.tsx";
import { CopyText, Missing, SummaryList } from "#app/_ui/content.tsx";
import { readWizardQuery, stepFor, writeQuery } from "#domain/policy/decision/wizard.ts";
import { groupReference, readChat } from "#domain/registers/group/chat-answer.ts";
import type { Contact } from "#domain/policy/policy/body.ts";
import { isMailAddress } from "#domain/policy/policy/contact-link.ts";
import { contactMessage, mailLink, type ContactMessage } from "#domain/answers/receipt/message.ts";
import { referencesOf, withPhotoAnswer } from "#domain/registers/consent/photo-answer.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";

/** A message about a result, ready for the reader's own mail program or to copy. The portal sends nothing. */
const page = definePage({
  path: "/check/message",
  async read({ actor, query }) {
    const slug = lastOf(query, "policy");
    if (slug === undefined) redirect("/check");
    const policy = await getPolicy(actor, slug);
    if (!policy) return null;
    const deciding = await getDecidingTable(actor, policy, query);
    const { photo, chats } = deciding;
    const read = readWizardQuery(deciding.table, photo ? withPhotoAnswer(photo, query) : query);
    const { answers, group } = readChat(chats, read.answers, [query["group"]]);
    const result = `/check?${writeQuery(slug, answers, { references: { ...referencesOf(photo), ...groupReference(group) } })}`;
    const shown = resultToKeep(policy, { ...deciding, group }, answers);
    if (!shown) redirect(result as Route); // there is no result to write about yet
    const step = stepFor(deciding.table, { answers, ask: null, change: null });
    if (step.kind === "question") throw new Error("There is a result, and a question is asked.");
    const { version, body } = policy;
    const message = contactMessage(shown.content, version.version, `${getEnv().appUrl}${result}`);
    const isNamed = ({ id }: Contact) => step.rule.contacts.includes(id);
    const contacts = [...body.contacts.filter(isNamed), ...body.contacts.filter((contact) => !isNamed(contact))];
    return { result, message, contacts };
  },
  heading: "Prepare a message",
  back: ({ view }) => ({ href: view.result, label: "Back to the result" }),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { message, contacts } }) => (
  <>
    <p>
      Your own mail program opens with the text below. Write your question into it and send it yourself: nothing is sent
      from here. Leave out the message that you are asking about, and anything sensitive.
    </p>
    <PageSection title="To whom">
      <SummaryList
        rows={contacts.map((contact) => ({
          term: contact.for,
          value: <Addressee contact={contact} message={message} />,
        }))}
      />
    </PageSection>
    <PageSection title="Or copy it">
      <CopyText id="subject" label="Subject" text={message.subject} lines={1} />
      <CopyText id="message" label="Message" text={message.text} lines={18} />
    </PageSection>
  </>
));
export { generateMetadata, Page as default };

function Addressee({ contact: { id, name, address }, message }: { contact: Contact; message: ContactMessage }) {
  if (!isMailAddress(address))
    return (
      <>
        {name} {address === null && id !== "line-manager" && <Missing>No e-mail address given</Missing>}
        {address !== null && <span className="block">{address}</span>}
        <span className="block text-small text-soft">Copy the text below.</span>
      </>
    );
  return (
    <>
      {name}
      <span className="mt-1.5 block">
        <ButtonLink href={mailLink(address, message)} look="quiet">
          Write to {address}
        </ButtonLink>
      </span>
    </>
  );
}
