import { Stack } from "../_ui/layout.tsx";
import type { BodyToAsk } from "#server/gather/statement/queries.ts";
import { ContactList } from "./contact-list.tsx";

/** Whom to ask, under the name of each body if there are several. */
export const BodiesToAsk = ({ bodies }: { bodies: readonly BodyToAsk[] }) => (
  <Stack>
    {bodies.map(({ slug, name, contacts }) => (
      <Stack key={slug} as="section">
        <h3>{name}</h3>
        <ContactList contacts={contacts} />
      </Stack>
    ))}
  </Stack>
);
