/** A row of evidence as a sentence: what its event says, with the places for names (docs/glossary.md, "Evidence"). */
import { EVIDENCE_EVENT_NAMES, EVIDENCE_EVENTS, type EvidenceEventName } from "./event.ts";

export type SentencePart = { kind: "text"; text: string } | { kind: "actor" | "subject" | "policy" };

const NAMES_IN_SENTENCE = /\{(actor|subject|policy)\}/;

/** Whether this version of the portal knows the event; a newer one may have written others. */
export function isEvidenceEventName(event: string): event is EvidenceEventName {
  return EVIDENCE_EVENT_NAMES.some((name) => name === event);
}

/** The parts of the sentence in their order; an event that is not known is named as it stands. */
export function sentenceOf(event: string): SentencePart[] {
  const sentence = isEvidenceEventName(event) ? EVIDENCE_EVENTS[event] : `{actor}: ${event} on {subject}`;
  return sentence
    .split(NAMES_IN_SENTENCE)
    .map((text, at): SentencePart => {
      if (at % 2 === 0) return { kind: "text", text };
      return { kind: text === "actor" ? "actor" : text === "subject" ? "subject" : "policy" };
    })
    .filter((part) => part.kind !== "text" || part.text !== "");
}
