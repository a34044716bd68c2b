import { receiveSection, toSectionPage } from "#app/_exception/receive-section.ts";
import { scopeProblems } from "#domain/policy/exception/request.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { saveWho } from "#server/policy/exception/draft-service.ts";

type Context = { params: Promise<{ reference: string }> };

export const GET = (request: Request, context: Context) => toSectionPage(request, context, "who");

/** Saves the second part of a request. A day that does not exist can't be stored, so it is refused later or not. */
export function POST(request: Request, context: Context): Promise<Response> {
  return receiveSection(request, context, "who", "", async (actor, { reference }, form, isLater) => {
    const chosen = form.text("scope");
    const teamId = chosen.startsWith("team:") ? chosen.slice("team:".length) : null;
    const scope = teamId !== null ? "team" : chosen === "person" ? "person" : null;
    const days = (["wantedFrom", "wantedUntil"] as const).map((field) => {
      const typed = readDate(form, field, field === "wantedFrom" ? "the first day" : "the last day");
      return typed.kind === "wrong" ? { field, message: typed.message } : typed.kind === "day" ? typed.day : null;
    });
    const wrong = days.filter((day) => typeof day === "object" && day !== null);
    if (wrong.length > 0) {
      const problems = [...(isLater ? [] : scopeProblems({ scope, teamId })), ...wrong];
      return { ok: false, code: "refused", problems };
    }
    const [wantedFrom, wantedUntil] = days.map((day) => (typeof day === "string" ? day : null));
    const part = { scope, teamId, wantedFrom: wantedFrom ?? null, wantedUntil: wantedUntil ?? null } as const;
    return saveWho(actor, reference, part, isLater);
  });
}
