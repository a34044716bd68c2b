import { current, custom } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { BUTTON_LOOKS } from "#app/_ui/layout.tsx";
import { countResult } from "#server/policy/question/service.ts";
import { page } from "./form.tsx";

/** "Was this an answer?": one press, counted without a name. It leads to a page that thanks and goes back. */
export const helpedForm = defineForm(page, {
  action: "/check/helped/send",
  fields: { situation: current(), version: current(), rule: current(), helped: custom((sent) => sent.text("helped")) },
  body: () => (
    <div id="helped" role="group" aria-labelledby="helped-question" className="flex flex-wrap items-center gap-3">
      <span id="helped-question" className="font-bold">
        Was this an answer?
      </span>
      {(["yes", "no"] as const).map((answer) => (
        <button key={answer} type="submit" name="helped" value={answer} className={BUTTON_LOOKS.quiet}>
          {answer === "yes" ? "Yes" : "No"}
        </button>
      ))}
    </div>
  ),
  button: null,
  async submit({ actor, values: { situation, version, rule, helped } }) {
    if (helped !== "yes" && helped !== "no") return refused("Press “Yes” or “No”.", "helped");
    const slug = new URLSearchParams(situation).get("policy") ?? "";
    const { code } = await countResult(actor, { slug, version, rule, helped: helped === "yes" });
    return code === "counted" ? { to: thanksAddress(situation, helped) } : null;
  },
});

/** The situation is written anew, so that nothing but a result's own address is ever led to. */
function thanksAddress(situation: string, helped: "yes" | "no"): string {
  const sent = new URLSearchParams(situation);
  sent.set("said", helped);
  return `/check/helped?${sent.toString()}`;
}
