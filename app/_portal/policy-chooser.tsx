import { Button } from "../_ui/layout.tsx";
import { RadioQuestion } from "../_ui/fields.tsx";
import { YourLineManager } from "./your-line-manager.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyEntry } from "#server/policy/policy/queries.ts";

/** For readers with several policies of their own, or none: which one is to answer? */
export function PolicyChooser(props: {
  actor: Actor;
  policies: readonly PolicyEntry[];
  action: "/check" | "/matrix";
  /** Fields sent besides. */
  sends?: Readonly<Record<string, string>>;
}) {
  const { actor, policies, action, sends = {} } = props;
  const holding = policies.filter(({ status }) => status !== "withdrawn");
  const mine = holding.filter(({ isMine }) => isMine);
  const offered = mine.length > 0 ? mine : holding;
  if (offered.length === 0)
    return (
      <>
        <h1>There is no policy here yet</h1>
        <p>
          Ask <YourLineManager actor={actor} /> which rules apply to you.
        </p>
      </>
    );
  return (
    <form action={action} method="get" noValidate className="space-y-7">
      {Object.entries(sends).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <RadioQuestion
        name="policy"
        question="Which policy?"
        help={
          mine.length === 0 ? (
            <p>Your employer has no policy here yet. These are other bodies' and do not bind you.</p>
          ) : undefined
        }
        options={offered.map(({ slug, title, bodyName, version }, at) => ({
          value: slug,
          label: title,
          hint: `${bodyName}, version ${version}`,
          checked: at === 0,
        }))}
      />
      <Button>Continue</Button>
    </form>
  );
}
