import type { GetPromptResult, Prompt } from "@modelcontextprotocol/sdk/types.js";

const MAY_I_SEND: Prompt = {
  name: "may_i_send",
  title: "May I send this?",
  description: "Asks the policy, question by question, whether a message may be sent, and says what to do instead.",
  arguments: [
    { name: "policy", description: "Short name of the policy, as list_policies gives it.", required: true },
    { name: "situation", description: "What you want to send, to whom and in which app. No names.", required: true },
  ],
};

export const PROMPTS: Prompt[] = [MAY_I_SEND];

/** The words of a prompt; null for one that does not exist. */
export function readPrompt(name: string, given: Readonly<Record<string, string>> = {}): GetPromptResult | null {
  if (name !== MAY_I_SEND.name) return null;
  const { policy = "", situation = "" } = given;
  const text = `I want to do this: ${situation}\n\nMay I, by the policy "${policy}"? Call next_question with the facts that follow from what I said, ask me each question that is left in its own words, and then call evaluate. Guess nothing. Give me the verdict, what I must do, what to use instead, and the address of the page.`;
  return { description: MAY_I_SEND.description, messages: [{ role: "user", content: { type: "text", text } }] };
}
