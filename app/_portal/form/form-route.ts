import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import type { Query, TypedParams } from "./form.tsx";

/** What the route handler needs from a form. */
export interface ReceivedForm {
  do: string | undefined;
  /** The address of its page. */
  pathOf(params: TypedParams, query: Query): string;
  receive(actor: Actor, params: TypedParams, query: Query, form: FormValues): Promise<FormResult>;
}

type Context = { params: Promise<Record<string, string>> };

/**
 * What the send/route.ts of a form exports: it handles what the page posts, and redirects a GET of its address to the
 * page.
 * @param others the page's other forms; the hidden field `do` says which one was sent, and a form without one takes the
 * rest
 */
export function formRoute(first: ReceivedForm, ...others: ReceivedForm[]) {
  const forms = [first, ...others];
  return {
    async POST(request: Request, context: Context): Promise<Response> {
      const [params, query] = [await context.params, queryOf(request)];
      return receiveForm(request, first.pathOf(params, query), async (actor, sent) => {
        const asked = sent.text("do");
        const form = forms.find((one) => one.do === asked) ?? forms.find((one) => one.do === undefined);
        return form ? form.receive(actor, params, query, sent) : null;
      });
    },
    async GET(request: Request, context: Context): Promise<Response> {
      return seeOther(first.pathOf(await context.params, queryOf(request)));
    },
  };
}

function queryOf(request: Request): Query {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...searchParams.keys()].map((name) => {
      const all = searchParams.getAll(name);
      return [name, all.length > 1 ? all : all[0]];
    }),
  );
}
