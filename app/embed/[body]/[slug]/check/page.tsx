import { embeddedPage } from "#app/embed/embedded.tsx";
import { stepFor, writeQuery } from "#domain/policy/decision/wizard.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";

/** The first question of the check, for the intranet of the policy's body: each answer goes on in the portal. */
const { generateMetadata, Page } = embeddedPage(({ version }) => {
  const step = stepFor(version.table, { answers: {}, ask: null, change: null });
  const question = step.kind === "question" ? questionFor(version, step.fact) : null;
  return {
    heading: question?.ask ?? "Check what you may do",
    content: question && (
      <ul className="list-none">
        {question.answers.map(({ answer, label, hint }) => (
          <li key={answer}>
            <a
              href={`/check?${writeQuery(version.slug, { [question.name]: answer })}`}
              target="_top"
              className="inline-flex min-h-target items-center"
            >
              {label}
            </a>
            {hint && <p className="text-small text-soft">{hint}</p>}
          </li>
        ))}
      </ul>
    ),
    on: {
      href: `/check?${new URLSearchParams({ policy: version.slug }).toString()}`,
      label: "Check what you may do",
    },
  };
});
export { generateMetadata, Page as default };
