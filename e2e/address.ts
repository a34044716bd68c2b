import { BROMSGROVE_REDDITCH, POLICIES } from "./policy.ts";

/** One address of every kind of page, with its heading; those on policies once for each. */
export interface Address {
  path: string;
  heading: string | RegExp;
  title?: string | RegExp;
}

const RESULTS: readonly Address[] = [
  { path: "/check?policy=nottingham&audience=child", heading: /^Do not send it/ },
  {
    path: "/check?policy=nao&device=personal&purpose=file&audience=partner&content=non-sensitive&exception=no",
    heading: /^Not to anyone outside/,
  },
  {
    path: "/check?policy=bromsgrove-redditch&audience=public&purpose=signpost&content=non-sensitive",
    heading: /^Do not send it yourself/,
  },
  {
    path: "/check?policy=home-working-council&audience=colleague&content=non-sensitive&purpose=call",
    heading: /^Better not/,
  },
  {
    path: "/check?policy=bromsgrove-redditch&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&publishable=yes",
    heading: /^You can send it/,
  },
  { path: "/check?policy=nao&device=work&purpose=committee&content=non-sensitive", heading: /^You can use WhatsApp/ },
  {
    path: "/check?policy=home-working-council&audience=partner&content=non-sensitive",
    heading: /^This policy speaks only/,
  },
];

const { slug: ONE } = BROMSGROVE_REDDITCH;

/** All pages that answer 200 to somebody who is signed in. */
export const ADDRESSES: readonly Address[] = [
  { path: "/sign-in", heading: "Who are you today?", title: "Sign in" },
  { path: "/sign-in?refused=left", heading: "Who are you today?", title: "Sign in" },
  { path: "/", heading: "What do you need to do?" },
  { path: "/policies", heading: "Policies" },
  ...POLICIES.map(({ slug, title }) => ({ path: `/policies/${slug}`, heading: title, title: / – With Care$/ })),
  { path: `/check?policy=${ONE}`, heading: "Who is it for?" },
  { path: `/check?policy=${ONE}&audience=colleague&purpose=file`, heading: "How sensitive is it?" },
  {
    path: `/check?policy=${ONE}&audience=colleague&asked=purpose`,
    heading: "What is the message for?",
    title: "Error: What is the message for?",
  },
  ...RESULTS.map((result) => ({ ...result, title: / – With Care$/ })),
  ...POLICIES.map(({ slug, matrix }) => ({
    path: `/matrix?policy=${slug}`,
    heading: `${matrix} How sensitive is it?`,
    title: "Matrix",
  })),
  {
    path: `/matrix?policy=${ONE}&audience=public&purpose=signpost&content=non-sensitive`,
    heading: "Who is it for? How sensitive is it?",
    title: "Matrix",
  },
  { path: "/tasks", heading: "Your tasks" },
  { path: "/acknowledgements", heading: "Your acknowledgements" },
  { path: `/policies/${ONE}/acknowledge`, heading: /^Your answer to “/, title: /^Your answer to “.* – With Care$/ },
  { path: "/incidents/new", heading: "Report an accident" },
  { path: "/me", heading: "You in this portal" },
  { path: "/accessibility-statement", heading: "Accessibility statement" },
  { path: "/problem", heading: "Something went wrong" },
];
