import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { text } from "#app/_portal/form/field.tsx";
import { decisionFields } from "#app/(portal)/(registers)/apps/decide-fields.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { decideApp } from "#server/registers/app/service.ts";

export const { generateMetadata, Page, GET, POST } = defineFormPage(
  definePage({
    path: "/apps/new",
    read: ({ actor }) => (can(actor, "app.decide", actor) ? {} : null),
    heading: "Decide on an app",
    back: { href: "/apps", label: "Register of apps" },
  }),
  {
    fields: {
      name: text("Which app?", { hint: "Its name, as the app shows it.", width: "half", autoComplete: "off" }),
      ...decisionFields,
    },
    button: "Put it on the register",
    submit: ({ actor, values }) => decideApp(actor, null, values),
    done: ({ slug }) => `/apps/${slug}`,
  },
);
