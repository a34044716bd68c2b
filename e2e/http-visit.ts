import type { APIRequest, APIRequestContext } from "@playwright/test";
import type { Person } from "./person.ts";
import { signInByHttp } from "./sign-in-by-http.ts";

export interface Answer {
  status: number;
  text: string;
  /** Where a redirect leads, without origin; "" if there is none. */
  location: string;
}

/** The portal as used by a program that has a browser's cookies: for walks over many addresses. */
export class HttpVisit {
  private constructor(private readonly request: APIRequestContext) {}

  /** Signs in as the form of the sign-in page does. */
  static async as(api: APIRequest, baseURL: string, person: Person, origin = baseURL): Promise<HttpVisit> {
    const visit = new HttpVisit(await api.newContext({ baseURL, extraHTTPHeaders: { origin } }));
    await signInByHttp(visit.request, baseURL, person);
    return visit;
  }

  /** Fetches an address without following redirects. */
  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.answer(this.request.get(path, { headers, maxRedirects: 0 }));
  }

  /** Sends a HEAD request for an address. */
  head(path: string): Promise<Answer> {
    return this.answer(this.request.head(path, { maxRedirects: 0 }));
  }

  /** Fetches an address and follows where it leads. */
  async follow(path: string): Promise<Answer> {
    const answer = await this.get(path);
    return answer.location ? this.follow(answer.location) : answer;
  }

  /** Sends a form; several values of one field as an array. */
  post(path: string, fields: Record<string, string | readonly string[]>): Promise<Answer> {
    const form = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
    );
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return this.answer(this.request.post(path, { data: form.toString(), headers, maxRedirects: 0 }));
  }

  /** Sends a file in the field "file", as a form with one does. */
  postFile(path: string, name: string, text: string): Promise<Answer> {
    const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
    return this.answer(this.request.post(path, { multipart: { file }, maxRedirects: 0 }));
  }

  /** Sends a form that must be accepted. @returns where it leads */
  async send(path: string, fields: Record<string, string | readonly string[]>): Promise<string> {
    const answer = await this.post(path, fields);
    if (answer.status !== 303 || answer.location.includes("kept="))
      throw new Error(`${path} answered ${answer.status} ${answer.location}`);
    return answer.location;
  }

  /** The headers that the browser would send, for requests without it. */
  async cookie(): Promise<string> {
    const { cookies } = await this.request.storageState();
    return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  dispose(): Promise<void> {
    return this.request.dispose();
  }

  private async answer(sent: ReturnType<APIRequestContext["get"]>): Promise<Answer> {
    const response = await sent;
    const location = response.headers()["location"] ?? "";
    return {
      status: response.status(),
      text: await response.text(),
      location: location.replace(/^https?:\/\/[^/]+/, ""),
    };
  }
}
