import { FormPage, showPage } from "#app/_portal/form/form.tsx";
import { RiskSummary } from "#app/(portal)/(policy)/_exception/request-summary.tsx";
import { backPath, fromCheck } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { ButtonLink, Cluster, Link, Stack, VisuallyHidden } from "#app/_ui/layout.tsx";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";
import { risksPage } from "./[number]/risk-at.ts";

/** The third part of a request: its risks, each with its picture and links to change or remove it. */
const { generateMetadata, Page } = showPage(risksPage, (shown) => {
  const { reference, risks, residual, policy } = shown.view.exception;
  const at = (page: string) => `/exceptions/${reference}/${page}${fromCheck(shown.query)}`;
  return (
    <FormPage definition={risksPage.definition} shown={shown}>
      <div className="max-w-form">
        <Stack gap="loose">
          <Stack>
            <p>
              Say what could go wrong, how likely it is and how much it would matter: first as it is, then with what you
              will do to reduce it.
            </p>
            {residual === null ? (
              <p>Add at least one risk.</p>
            ) : (
              <p>
                The remaining risk is <strong>{RISK_LEVEL_WORDS[levelOf(residual)].toLowerCase()}</strong>: the largest
                of {risks.length === 1 ? "one risk" : `${risks.length} risks`} after mitigation.
                {levelOf(residual) === "high" &&
                  " A governance officer or the senior information risk owner decides then, not your line manager."}
              </p>
            )}
          </Stack>
          {risks.map((risk, index) => (
            <Stack key={risk.id} gap="tight">
              <RiskSummary
                policy={policy}
                number={index + 1}
                risk={risk}
                href={at(`risks/${index + 1}`)}
                headingLevel={2}
                isMine
              />
              <Link href={at(`risks/${index + 1}/remove`)} className="inline-flex min-h-target items-center">
                Remove<VisuallyHidden> risk {index + 1}</VisuallyHidden>
              </Link>
            </Stack>
          ))}
          <Cluster>
            {risks.length > 0 && <ButtonLink href={backPath(shown)}>Continue</ButtonLink>}
            <ButtonLink href={at("risks/new")} look={risks.length > 0 ? "quiet" : "primary"}>
              {risks.length > 0 ? "Add another risk" : "Add a risk"}
            </ButtonLink>
          </Cluster>
        </Stack>
      </div>
    </FormPage>
  );
});
export { generateMetadata, Page as default };
