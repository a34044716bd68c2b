import { boxes, current, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, framedPage, type Query, wholeQuery } from "#app/_portal/form/form.tsx";
import { LONGEST_UNFOUND_WORDS } from "#domain/policy/question/question.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { tellUnfound } from "#server/policy/question/service.ts";
import { Link } from "#app/_ui/layout.tsx";

const part = (query: Query, name: string) => [query[name] ?? ""].flat().at(-1) ?? "";

export const page = definePage({
  path: "/search/unfound",
  suffix: wholeQuery,
  async read({ actor, query, formState }) {
    const policy = await getOwnPolicy(actor, formState.value("slug", part(query, "policy")));
    return policy?.current ? { slug: policy.slug, title: policy.current.frontMatter.title } : null;
  },
  heading: ({ query }) =>
    query["done"] === undefined ? "Tell the policy owner what you looked for" : "The policy owner can see it now",
  back: { href: "/search", label: "Search the policies" },
});

/** What somebody looked for in vain, for the policy owner: counted, and in words only with their tick. */
export const { form, POST } = defineFormPage(page, {
  fields: {
    slug: current(),
    found: current(),
    words: text("What you looked for", {
      hint: `Leave out names and cases. Up to ${LONGEST_UNFOUND_WORDS} characters.`,
    }),
    agreed: boxes(
      "Your words",
      { words: "The policy owner may read these words, without my name" },
      "Without the tick it is counted, and your words are not kept.",
    ),
  },
  stored: ({ view, query }) => ({ slug: view.slug, found: part(query, "found"), words: part(query, "q") }),
  button: "Tell the policy owner",
  submit: ({ actor, values: { slug, found, words, agreed } }) =>
    tellUnfound(actor, { slug, words, hasAgreed: agreed.includes("words"), isUncounted: found !== "" }),
  done: (_, { values }) => `/search/unfound?${new URLSearchParams({ policy: values.slug, done: "1" }).toString()}`,
});

/** The form, and after it what comes next. */
export const { generateMetadata, Page } = framedPage(page, (shown) =>
  shown.query["done"] === undefined ? (
    form.show(shown)
  ) : (
    <p>
      Thank you. Nobody sees that it was you, so nobody can answer you. To have an answer,{" "}
      <Link href={`/policies/${encodeURIComponent(shown.view.slug)}/ask`}>ask the policy owner</Link>.
    </p>
  ),
);
