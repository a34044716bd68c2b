import { PostForm } from "#app/_portal/post-form.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Button } from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getBegun } from "#server/access/form-input/begun-queries.ts";

/** Says which program began what the page shows, if one did. @param at the form's start key, or the address of a draft */
export async function BegunBanner({ actor, at }: { actor: Actor; at: string }) {
  const begun = await getBegun(actor, at);
  if (!begun) return null;
  return (
    <Banner title={`Begun for you by ${begun.program}`}>
      <p>Check what it says and add what is missing. Nothing takes effect until you send it.</p>
      {begun.id === at && (
        <PostForm actor={actor} action="/tasks/begun/send" hidden={{ begun: begun.id }}>
          <Button look="quiet">Discard it</Button>
        </PostForm>
      )}
    </Banner>
  );
}
