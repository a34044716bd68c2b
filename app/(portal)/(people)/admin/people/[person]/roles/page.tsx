import { framedPage } from "#app/_portal/form/form.tsx";
import { Banner, SummaryList } from "#app/_ui/content.tsx";
import { Stack } from "#app/_ui/layout.tsx";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { person, rolesComeFromGroups, isActor } = shown.view;
  return (
    <>
      {rolesComeFromGroups && (
        <Banner tone="warning" title="At the next sign-in, groups decide">
          <p>Your identity provider says who has which role. What you choose here applies until they sign in again.</p>
        </Banner>
      )}
      {isActor ? (
        <Stack>
          <p>This is you. You cannot change your own roles: ask another administrator.</p>
          <SummaryList
            rows={[{ term: "Your roles", value: person.roles.map((role) => ROLE_NAMES[role]).join(", ") }]}
          />
        </Stack>
      ) : (
        form.show(shown)
      )}
    </>
  );
});

export { generateMetadata, Page as default };
