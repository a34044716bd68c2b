import { startKey } from "#app/_portal/form/field.tsx";
import { monthsInWords } from "#domain/policy/exception/request.ts";
import { extendException } from "#server/policy/exception/draft-service.ts";
import type { ExceptionCommandResult } from "#server/policy/exception/service.ts";
import { commandForm, RequestInShort } from "../command-form.tsx";
import { exceptionPath, extensionsInWords } from "../step-words.ts";

/** Ask for an exception to go on after its last day: a new request with the same words and a fresh assessment. */
export const { generateMetadata, Page, GET, POST } = commandForm("extend", {
  verb: "Extend",
  fields: { startKey: startKey() },
  body: ({ view }) => (
    <>
      <RequestInShort view={view} />
      <p>
        You get a copy of your request, to look through and change. You assess its risks again, and it is decided again.
        It begins on the day after the last one, and lasts {monthsInWords(view.rules.longest.months)} at most.
      </p>
      <p>{extensionsInWords(view)}</p>
    </>
  ),
  button: "Copy it and go on",
  async submit({ actor, params, values }): Promise<ExceptionCommandResult | { to: string }> {
    const result = await extendException(actor, params.reference, values.startKey);
    if (result.ok) return { to: exceptionPath(result.reference) };
    if (result.code === "refused") return result;
    return { ok: false, code: result.code === "not-editable" ? "wrong-state" : result.code };
  },
  done: "approved",
});
