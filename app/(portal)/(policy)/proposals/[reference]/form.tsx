import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Button, Disclosure, Link, PageSection, Stack } from "#app/_ui/layout.tsx";
import { getProposal, type ProposalView } from "#server/policy/proposal/queries.ts";
import { publishProposal, returnVersion, signVersion, withdrawProposal } from "#server/policy/proposal/service.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable, SummaryList, UserText } from "#app/_ui/content.tsx";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";
import { PROPOSAL_STATE_WORDS, signingInWords } from "#domain/policy/proposal/proposal.ts";
import { newAddress, NO_SIGNATURES, TOO_FEW } from "../proposal-words.ts";
import { WhatItChanges } from "../what-it-changes.tsx";

/** A version that is proposed to be published: its state, what it changes, and who signed. */
export const page = definePage({
  path: "/proposals/[reference]",
  reference: "PRO",
  read: ({ actor, params }) => getProposal(actor, params.reference),
  heading: ({ view: { version } }) => `Publish version ${version}`,
  title: ({ view: { version, title } }) => `Publish version ${version}: ${title}`,
  kicker: ({ view: { reference, title } }) => `${reference} · ${title}`,
  section: "policies",
  back: { href: "/proposals", label: "Versions to publish" },
  gap: "section",
});

/** The signature of who has read it. */
export const signForm = defineForm(page, {
  do: "sign",
  fields: {},
  button: ({ view: { version } }) => `Sign version ${version}`,
  submit: ({ actor, params }) => signVersion(actor, params.reference),
});

/** Sends it back to its author. */
export const returnForm = defineForm(page, {
  do: "return",
  fields: { reason: text("What has to change?", { hint: "Its author reads it. It is kept as evidence.", lines: 3 }) },
  button: <Button look="quiet">Send it back</Button>,
  submit: ({ actor, params, values }) => returnVersion(actor, params.reference, values.reason),
});

/** Publishes it, once everybody has signed. */
export const publishForm = defineForm(page, {
  do: "publish",
  fields: {},
  button: ({ view: { version } }) => `Publish version ${version}`,
  submit: ({ actor, params }) => publishProposal(actor, params.reference),
});

/** Ends it without publishing. */
export const withdrawalForm = defineForm(page, {
  do: "withdraw",
  fields: {},
  button: <Button look="quiet">Withdraw the proposal</Button>,
  submit: ({ actor, params }) => withdrawProposal(actor, params.reference),
});

export const { generateMetadata, Page, GET, POST } = formsPage(
  page,
  [signForm, returnForm, publishForm, withdrawalForm],
  (shown) => {
    const { view } = shown;
    return (
      <>
        <State view={view} />
        <SummaryList
          rows={{
            "Proposed by": view.person.name,
            "Proposed on": <Moment at={view.proposedAt} />,
            "What it changes, and why": <UserText>{view.note}</UserText>,
            "Fingerprint of what is signed (SHA-256)": <span className="break-all">{view.hash}</span>,
          }}
        />
        <Signatures view={view} />
        {view.isWaiting && view.isThere && <WhatItChanges slug={view.policy} version={view.version} view={view} />}
        {view.maySign && signForm.show(shown)}
        {view.mayPublish && (
          <Stack>
            <p>Once it is published, its text, rules and questions can no longer be changed.</p>
            {publishForm.show(shown)}
          </Stack>
        )}
        {view.mayReturn && <PageSection title="Send it back instead">{returnForm.show(shown)}</PageSection>}
        {view.mayWithdraw && <Disclosure summary="Withdraw it">{withdrawalForm.show(shown)}</Disclosure>}
      </>
    );
  },
);

/** Where it stands, in a sentence or two. */
function State({ view }: { view: ProposalView }) {
  const { state, endedAt, endedBy, endReason, policy: slug, version } = view;
  if (state === "waiting") return <Waiting view={view} />;
  return (
    <Banner title={PROPOSAL_STATE_WORDS[state]} tone={state === "voided" ? "warning" : "info"}>
      {state === "voided" && (
        <p>
          The version has changed since it was proposed, so no signature counts any more.{" "}
          <Link href={newAddress({ slug, version })}>Propose it as it is now</Link>
        </p>
      )}
      {endedAt && (
        <p>
          {endedBy ? `By ${endedBy.name}` : "Noticed by the portal"}, <Moment at={endedAt} />.
        </p>
      )}
      {endReason && <UserText>{endReason}</UserText>}
    </Banner>
  );
}

function Waiting({ view: { rules, missing, names, isEnough, isThere, maySign } }: { view: ProposalView }) {
  if (!isThere)
    return (
      <Banner title="The version cannot be shown" tone="warning">
        <p>It has a fault, or it is not in the content folder of this server. Until then nobody can sign it.</p>
      </Banner>
    );
  if (!rules) return <p>{NO_SIGNATURES}</p>;
  if (missing.people === 0) return <p>Everybody who has to has signed it. A policy owner can publish it.</p>;
  return (
    <p>
      {maySign && "Your signature is missing. "}
      It is signed by {signingInWords(rules)}, never by its author.{" "}
      {missing.people === 1 ? "One signature is missing" : `${missing.people} signatures are missing`}
      {names.length > 0 && `: it is the turn of ${names.join(", ")}`}.{!isEnough && ` ${TOO_FEW}`}
    </p>
  );
}

function Signatures({ view: { signatures } }: { view: ProposalView }) {
  const roleName = (role: string) => ROLE_NAMES[ROLES.find((one) => one === role) ?? "employee"];
  return (
    <PageSection title="Who has signed">
      <DataTable
        caption="Signatures"
        columns={{
          Person: ({ person }) => person.name,
          "Signed as": ({ roles }) => roles.map(roleName).join(", "),
          When: ({ signedAt }) => <Moment at={signedAt} />,
        }}
        rows={signatures}
        empty="Nobody yet."
      />
    </PageSection>
  );
}
