import { strToU8, zipSync } from "fflate";
import { hidden, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, lastOf, wholeQuery } from "#app/_portal/form/form.tsx";
import { zipResponse } from "#app/_portal/zip-response.ts";
import { Button } from "#app/_ui/layout.tsx";
import { searchRegisters } from "#server/gather/person-search/queries.ts";
import { makeSubjectPack } from "#server/gather/person-search/service.ts";
import { readablePage } from "../../me/data/readable.ts";

/** Everything about one person, in every register: `?q=` is a name, `?person=` somebody of the directory; `?hold=` is for all whom a hold names. */
export const page = definePage({
  path: "/governance/person-search",
  suffix: wholeQuery,
  read({ actor, query }) {
    const [typed = "", personId = "", hold = ""] = ["q", "person", "hold"].map((name) => lastOf(query, name));
    return searchRegisters(actor, { typed, personId, hold });
  },
  heading: ({ view }) => (view.finds?.person ? `What is held about ${view.finds.person.name}` : "Search for a person"),
});

/** Downloads what is held about them. */
export const form = defineForm(page, {
  fields: {
    person: hidden(),
    purpose: text("What is the pack for?", {
      hint: "A subject access request and its number, for example. It goes into the evidence.",
      width: "half",
    }),
  },
  stored: ({ view }) => ({ person: view.finds?.person?.id ?? "" }),
  button: <Button look="quiet">Download the pack</Button>,
  submit: ({ actor, values: { person, purpose } }) => makeSubjectPack(actor, person, purpose),
  done({ pack, toCheck }) {
    const json = (value: unknown) => JSON.stringify(value, null, 2);
    const page = (heading: string, value: unknown) => readablePage(heading, JSON.parse(json(value)));
    const files = {
      "pack/to-hand-out.html": page("What the portal holds about you", pack),
      "pack/to-hand-out.json": `${json(pack)}\n`,
      "pack/check-first.html": page("Look at this before you hand the pack out", toCheck),
    };
    const bytes = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
    return { file: zipResponse("subject-pack.zip", bytes) };
  },
});
