/** Texts about one person with the names of others taken out, each by the same number wherever it stands. */
import { findMentions, tokensOf, type SoughtPerson } from "#domain/access/identity/mention.ts";

/** Somebody else who may be named. */
export interface OtherPerson {
  id: string;
  person: SoughtPerson;
}

/** The words of texts in plain letters, each alone and with the next: what a name in them could be made of. */
export function plainWordsOf(texts: readonly string[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    const keys = tokensOf(text).map(({ key }) => key);
    for (const [at, key] of keys.entries()) words.add(key).add(`${key}${keys[at + 1] ?? ""}`);
  }
  return [...words];
}

/**
 * What takes the names of others out of a text, as "Person 1". What names the subject stays, and so does what may be a
 * name or not: it is collected for somebody to look at.
 */
export function redactorFor(subject: SoughtPerson, others: readonly OtherPerson[]) {
  const numbers = new Map<string, number>();
  const doubtful = new Set<string>();
  const redact = (text: string): string => {
    const tokens = tokensOf(text);
    const own = findMentions(text, subject, tokens).filter(({ isSure }) => isSure);
    const found = others
      .flatMap(({ id, person }) => findMentions(text, person, tokens).map((mention) => ({ id, ...mention })))
      .filter(({ from, to }) => own.every((one) => to <= one.from || from >= one.to))
      .sort((a, b) => a.from - b.from || Number(b.isSure) - Number(a.isSure) || b.to - a.to);
    let [done, from] = ["", 0];
    for (const mention of found.filter(({ isSure }) => isSure)) {
      if (mention.from < from) continue; // within a longer name that was taken out
      const number = numbers.get(mention.id) ?? numbers.size + 1;
      numbers.set(mention.id, number);
      done += `${text.slice(from, mention.from)}Person ${number}`;
      from = mention.to;
    }
    const redacted = done + text.slice(from);
    for (const { from: start, to, isSure } of found) {
      const word = text.slice(start, to);
      if (!isSure && redacted.includes(word)) doubtful.add(word);
    }
    return redacted;
  };
  return { redact, doubtful };
}
