import { FolderIsReadOnly } from "#app/(portal)/(policy)/drafts/read-only.tsx";
import { current, select, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, wholeQuery } from "#app/_portal/form/form.tsx";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import { choiceField, COVERING, getMergePage } from "#server/policy/draft/merge-queries.ts";
import { beginMergedDraft } from "#server/policy/draft/merge-service.ts";
import { CombinationLines } from "./combination-lines.tsx";

export const page = definePage({
  path: "/policies/merge",
  suffix: wholeQuery,
  read: ({ actor, query }) => getMergePage(actor, query["policy"]),
  heading: "Put policies together",
  title: ({ view: { problems } }) => `${problems.length > 0 ? "Error: " : ""}Put policies together`,
  section: "policies",
  back: { href: "/policies/compare", label: "Compare policies" },
  gap: "section",
});

/** Chooses whose answer to take for each combination of rules, and writes a draft from that. */
export const form = defineForm(page, {
  fields: {
    seen: current(),
    rest: select("Where you choose nothing"),
    slug: select("Policy that gets the draft", "The draft becomes its next version."),
    version: text("Number of the new version", {
      hint: "Higher than the newest one: 2.2 after 2.1.",
      width: "short",
      autoComplete: "off",
    }),
  },
  stored: ({ view: { seen } }) => ({ seen }),
  body: ({ view, formState, field }) => {
    const { chosen, combinations, policies, isWritable } = view;
    if (!combinations) return null;
    const lines = { view, lines: combinations.combinations, formState };
    const rest = { "": "Nothing: I choose one by one", [COVERING]: "What the only policy says that covers it" };
    return (
      <>
        <CombinationLines kind="to-decide" {...lines}>
          {field("rest", {
            options: { ...rest, ...Object.fromEntries(chosen.map(({ slug, name }) => [slug, `What ${name} says`])) },
          })}
        </CombinationLines>
        <CombinationLines kind="strictest" {...lines} />
        <CombinationLines kind="agree" {...lines} />
        <PageSection title="Write the draft" id="draft" gap="loose">
          {!isWritable && <FolderIsReadOnly />}
          {policies.length === 0 ? (
            <p>Your employer has no policy here yet. Whoever looks after the portal begins the first one.</p>
          ) : (
            <>
              <p>
                The draft has the clauses of each policy that something is taken from, with that policy’s number in
                front, and says where they come from. Read it, put summary and scope right, and say what people may ask
                exceptions to, before you have it published.
              </p>
              {field("slug", {
                options: Object.fromEntries(
                  policies.map(({ slug, title, newest }) => [slug, `${title}, version ${newest}`]),
                ),
              })}
              {field("version")}
              <Button>Write the draft</Button>
            </>
          )}
        </PageSection>
      </>
    );
  },
  submit: ({ actor, query, values: { seen, rest, slug, version }, form }) =>
    beginMergedDraft(
      actor,
      query["policy"],
      { slug, version },
      { seen, rest, take: (key) => form.text(choiceField(key)) },
    ),
});

export const { GET, POST } = form.route();
