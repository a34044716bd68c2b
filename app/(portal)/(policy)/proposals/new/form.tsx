import { startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, lastOf, wholeQuery } from "#app/_portal/form/form.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { signingInWords } from "#domain/policy/proposal/proposal.ts";
import { getNewProposal } from "#server/policy/proposal/queries.ts";
import { proposeVersion } from "#server/policy/proposal/service.ts";
import { NO_SIGNATURES, TOO_FEW } from "../proposal-words.ts";
import { WhatItChanges } from "../what-it-changes.tsx";

const page = definePage({
  path: "/proposals/new",
  suffix: wholeQuery,
  read: ({ actor, query }) => getNewProposal(actor, lastOf(query, "policy") ?? "", lastOf(query, "version") ?? ""),
  heading: ({ view: { version } }) => `Propose version ${version}`,
  kicker: ({ view: { title } }) => title,
  section: "policies",
  back: { href: "/proposals", label: "Versions to publish" },
  gap: "section",
});

const form = defineForm(page, {
  fields: {
    startKey: startKey(),
    note: text("What does it change, and why?", {
      hint: "Those who sign read it first. It is kept as evidence.",
      lines: 4,
    }),
  },
  button: "Ask for the signatures",
  submit: ({ actor, query, values }) =>
    proposeVersion(actor, { slug: lastOf(query, "policy") ?? "", version: lastOf(query, "version") ?? "", ...values }),
  done: ({ reference }) => `/proposals/${reference}`,
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { slug, version, rules, open, names, isEnough } = shown.view;
  if (!rules) return <p>{NO_SIGNATURES}</p>;
  if (open !== null)
    return (
      <p>
        It is proposed already, as <Link href={`/proposals/${open}`}>{open}</Link>.
      </p>
    );
  return (
    <>
      <WhatItChanges slug={slug} version={version} view={shown.view} />
      <PageSection title="Who has to sign it">
        <p>
          It is signed by {signingInWords(rules)}, never by its author.{" "}
          {names.length > 0 && `Asked now: ${names.join(", ")}. `}
          {!isEnough && `${TOO_FEW} `}
          Signatures are for exactly what the files say now: any change makes them void.
        </p>
      </PageSection>
      {form.show(shown)}
    </>
  );
});
