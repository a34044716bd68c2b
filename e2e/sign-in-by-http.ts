import type { APIRequestContext } from "@playwright/test";
import { plainText } from "./plain-text.ts";
import type { Person } from "./person.ts";

/** The forms of the sign-in page, fetched once for each portal: the people to choose from stay the same. */
const formsOf = new Map<string, Promise<string[]>>();

/** Signs in without opening the sign-in page, for as long as `request` lasts; the sign-in page has its own tests. */
export async function signInByHttp(request: APIRequestContext, baseURL: string, person: Person): Promise<void> {
  const { role, body, name } = person;
  const asked = formsOf.get(baseURL) ?? readForms(request, baseURL);
  formsOf.set(baseURL, asked);
  const form = (await asked).find((one) => {
    const words = plainText(one);
    return words.includes(`, ${role}, ${body}`) && (!name || words.includes(name));
  });
  const personId = /name="personId" value="([^"]+)"/.exec(form ?? "")?.[1];
  if (!personId) throw new Error(`Nobody to sign in as: ${role}, ${body}.`);
  const answer = await request.post(`${baseURL}/sign-in/send`, {
    form: { personId, returnTo: "/" },
    maxRedirects: 0,
    maxRetries: 2, // in case the connection was closed as it was reused: signing in twice does no harm
  });
  const location = answer.headers()["location"];
  if (location !== "/") throw new Error(`The sign-in as ${role} was refused: ${location}`);
}

async function readForms(request: APIRequestContext, baseURL: string): Promise<string[]> {
  return (await (await request.get(`${baseURL}/sign-in`)).text()).split("<form");
}
