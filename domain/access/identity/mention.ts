/**
 * Where a text names somebody: the one matcher, for replacing a leaver's name and for what looks for people in texts.
 * It sees through accents, apostrophes, blanks, hyphens, capital letters, titles, order and initials.
 */
import { plainLetters } from "#domain/base/text/plain-letters.ts";
import { smallLetters } from "./small-letters.ts";

/** A part of a text, from one index to before another. */
export interface Mention {
  from: number;
  to: number;
  /** False where it may as well be somebody or something else: people decide. */
  isSure: boolean;
}

/** Names and addresses that somebody has or had, made ready to be looked for. */
export interface SoughtPerson {
  /** Addresses, as their letters. */
  addresses: readonly string[];
  forms: readonly Form[];
  /** What a text must hold one of to name them, as patterns. */
  clues: { words: readonly string[]; initials: readonly string[] };
}

/** A way to write a name: its parts in their order. */
interface Form {
  parts: readonly Part[];
  isSure: boolean;
  /** Whether the first letter has to be a capital, so that it is not just a word. */
  isCapital: boolean;
}

/** The letters of a word or of several, an initial ("" for any), initials in one word, a title, or a comma. */
type Part = { key: string } | { initial: string } | { initials: string } | "title" | "comma";

const TITLES = new Set(
  "mr mrs ms mx miss dr prof professor cllr councillor sir dame rev reverend lord lady".split(" "),
);
/** They belong to the surname that follows. */
const PARTICLES = new Set(
  "al ap bin da de del della den der di dos du el la le mac mc ni nic o san st van von y".split(" "),
);
const SHORTEST_SURNAME = 4;

interface NameParts {
  given: string[];
  surname: string;
  surnameParts: string[];
}

/** A name by its parts, as plain letters; "Surname, First" is turned round, titles are left out. */
function partsOfName(name: string): NameParts | null {
  const [last = "", first] = name.split(/,(.*)/s);
  const words = (first === undefined ? name : `${first} ${last}`)
    .split(/[\s\p{Zs}]+/u)
    .map((word) => ({ key: lettersOf(word), parts: word.split(/[-\u2010\u2011\u2013]/u).map(lettersOf) }))
    .filter(({ key }, at) => key !== "" && !(at === 0 && TITLES.has(key)));
  let at = words.length - 1;
  if (at < 0) return null;
  while (at > 1 && PARTICLES.has(words[at - 1]?.key ?? "")) at--;
  const surname = words.slice(at);
  return {
    given: words.slice(0, at).map(({ key }) => key),
    surname: surname.map(({ key }) => key).join(""),
    surnameParts: surname.flatMap(({ parts }) => (parts.length > 1 ? parts.filter((part) => part !== "") : [])),
  };
}

const lettersOf = (text: string): string => plainLetters(text).replaceAll(/[^\p{L}\p{N}]/gu, "");

/**
 * Somebody as they are looked for.
 * @param known names and addresses that they have or had
 * @param others names of other people: what one of them shares is not sure
 */
export function soughtPerson(known: readonly string[], others: readonly string[]): SoughtPerson {
  const names = known.filter((word) => !word.includes("@")).flatMap((name) => partsOfName(name) ?? []);
  const also = others.flatMap((name) => partsOfName(name) ?? []);
  const forms = names.flatMap((name) => formsOf(name, also));
  const words = names.flatMap(({ given, surname, surnameParts }) => [...given.slice(0, 1), surname, ...surnameParts]);
  const pieces = known.filter((word) => !word.includes("@")).flatMap((name) => plainPieces(name));
  const initials = names.flatMap(({ given: [first], surname }) => (first ? [`${first[0]}${surname[0]}`] : []));
  const addresses = known.filter((word) => word.includes("@")).map((word) => smallLetters(word.trim()));
  const clues = { words: [...new Set([...words, ...pieces])], initials: [...new Set(initials)] };
  return { addresses: [...new Set(addresses)], forms, clues };
}

/** The words of a name, also where a text writes them apart: "O Brien". */
const plainPieces = (name: string): string[] =>
  name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(lettersOf)
    .filter((piece) => piece.length > 1);

function formsOf({ given, surname, surnameParts }: NameParts, others: readonly NameParts[]): Form[] {
  const [first, ...middle] = given;
  const sharing = others.filter((other) => other.surname === surname);
  const isWord = ORDINARY_WORDS.has(surname);
  const isOwn = sharing.length === 0;
  const last: Part = { key: surname };
  const alone: Form[] = [
    { parts: [last], isSure: isOwn && !isWord && surname.length >= SHORTEST_SURNAME, isCapital: true },
    { parts: ["title", last], isSure: isOwn, isCapital: false },
  ];
  if (first === undefined) return alone;
  const isOnly = sharing.every((other) => other.given[0] !== first);
  const isOnlyInitial = !isWord && sharing.every((other) => other.given[0]?.[0] !== first[0]);
  const [called, initial] = [{ key: first }, initialOf(first)];
  const anyInitial: Part = { initial: "" };
  const middles: Part[][] = [[], [anyInitial], middle.map((key) => ({ key })), middle.map(initialOf)];
  const named = middles.flatMap((between): Form[] => [
    { parts: [called, ...between, last], isSure: isOnly, isCapital: false },
    { parts: [last, called, ...between], isSure: isOnly && !isWord, isCapital: isWord },
    { parts: [last, "comma", called, ...between], isSure: isOnly && !isWord, isCapital: isWord },
    { parts: [initial, ...between, last], isSure: isOnlyInitial, isCapital: true },
    { parts: [last, "comma", initial, ...between], isSure: isOnlyInitial, isCapital: true },
  ]);
  const letters = `${first[0] ?? ""}${surname[0] ?? ""}`;
  const doubtful: Part[][] = [
    [called],
    [initial, ...middle.map(initialOf), initialOf(surname)],
    ...(ABBREVIATIONS.has(letters) ? [] : [[{ initials: letters }]]),
    ...surnameParts.map((part): Part[] => [called, { key: part }]),
  ];
  return [...alone, ...named, ...doubtful.map((parts) => ({ parts, isSure: false, isCapital: true }))];
}

const initialOf = (name: string): Part => ({ initial: name[0] ?? "" });

interface Token {
  key: string;
  from: number;
  to: number;
  isCapital: boolean;
  isAllCapitals: boolean;
}

const APOSTROPHE = "'’‘ʼ′´`＇";
const TOKEN = new RegExp(
  `[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}\\u00ad\\u200b-\\u200d\\u2060]|[${APOSTROPHE}](?=\\p{L})(?![sS](?![\\p{L}\\p{M}\\p{N}])))*`,
  "gu",
);
/** What may stand inside a part that a text writes in several words, and between two parts. */
const WITHIN = new RegExp(`^(?:[\\s\\u2010\\u2011\\u2013${APOSTROPHE}-]|\\p{Cf}){1,4}$`, "u");
const BETWEEN = /^(?:[\s._\u2010\u2011-]|\p{Cf}){1,6}$/u;
const COMMA = /^\s{0,3},[\s\p{Cf}]{0,5}$/u;
const HYPHEN = /^[-\u2010\u2011]$/u;

/** A text by its words, for looking for several people in it. */
export const tokensOf = (text: string): Token[] =>
  [...text.matchAll(TOKEN)].map(({ 0: word, index }) => {
    const isCapital = /^\P{L}*\p{Lu}/u.test(word.normalize("NFKC"));
    const isAllCapitals = isCapital && word === word.toUpperCase();
    return { key: lettersOf(word), from: index, to: index + word.length, isCapital, isAllCapitals };
  });

/** Where a text names somebody, from its beginning to its end; the sure and the longest first where several fit. */
export function findMentions(text: string, person: SoughtPerson, tokens: readonly Token[] = tokensOf(text)): Mention[] {
  const found = person.addresses.flatMap((address) => findAddress(text, address));
  for (let at = 0; at < tokens.length;) {
    const { from = 0 } = tokens[at] ?? {};
    const best = found.some((one) => one.from <= from && from < one.to) ? null : bestAt(text, tokens, at, person);
    if (best) {
      const title = tokens[at - 1];
      const isTitled = best.isSure && title && TITLES.has(title.key) && BETWEEN.test(gapAfter(text, tokens, at - 1));
      found.push({ from: isTitled ? title.from : from, to: tokens[best.next - 1]?.to ?? from, isSure: best.isSure });
    }
    at = best?.next ?? at + 1;
  }
  return found.sort((one, other) => one.from - other.from);
}

/** The best form that begins with a word: a sure one before others, a longer one before a shorter. */
function bestAt(text: string, tokens: readonly Token[], at: number, { forms }: SoughtPerson) {
  let best: { next: number; isSure: boolean } | null = null;
  for (const { parts, ...form } of forms) {
    const next = endOf({ parts, ...form }, text, tokens, at);
    if (next === null) continue;
    const isLonger = isPartOfLonger(text, tokens, at, next); // then it is another name, such as "Una-Marie"
    if (isLonger && parts.length === 1) continue;
    const isSure = form.isSure && !isLonger;
    if (!best || (isSure === best.isSure ? next > best.next : isSure)) best = { next, isSure };
  }
  return best;
}

/** Whether a hyphen joins it to another word: then it is another name. */
const isPartOfLonger = (text: string, tokens: readonly Token[], at: number, next: number): boolean =>
  HYPHEN.test(gapAfter(text, tokens, at - 1)) || HYPHEN.test(gapAfter(text, tokens, next - 1));

function gapAfter(text: string, tokens: readonly Token[], at: number): string {
  const [token, next] = [tokens[at], tokens[at + 1]];
  return token && next ? text.slice(token.to, next.from) : "";
}

/** The index after the last word of a form that begins here; null if it does not. */
function endOf({ parts, isCapital }: Form, text: string, tokens: readonly Token[], start: number): number | null {
  const first = tokens[start];
  if (!first || (isCapital && !first.isCapital)) return null;
  let at = start;
  let isComma = false;
  for (const [index, part] of parts.entries()) {
    if (part === "comma") {
      isComma = true;
      continue;
    }
    if (index > 0 && !(isComma ? COMMA : BETWEEN).test(gapAfter(text, tokens, at - 1))) return null;
    isComma = false;
    const next = endOfPart(part, text, tokens, at);
    if (next === null) return null;
    at = next;
  }
  return at;
}

function endOfPart(part: Exclude<Part, "comma">, text: string, tokens: readonly Token[], start: number): number | null {
  const token = tokens[start];
  if (!token) return null;
  if (part === "title") return TITLES.has(token.key) ? start + 1 : null;
  if ("initials" in part) return token.isAllCapitals && token.key === part.initials ? start + 1 : null;
  if ("initial" in part)
    return token.key.length === 1 && token.isCapital && (part.initial === "" || token.key === part.initial)
      ? start + 1
      : null;
  let letters = "";
  for (let at = start; at < tokens.length; at++) {
    letters += tokens[at]?.key ?? "";
    if (letters === part.key) return at + 1;
    if (!part.key.startsWith(letters) || !WITHIN.test(gapAfter(text, tokens, at))) return null;
  }
  return null;
}

function findAddress(text: string, address: string): Mention[] {
  const found: Mention[] = [];
  const small = smallLetters(text);
  const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let from = small.indexOf(address); from !== -1; from = small.indexOf(address, from + 1)) {
    const to = from + address.length;
    if (!isLetter(small[from - 1]) && !isLetter(small[to])) found.push({ from, to, isSure: true });
  }
  return found;
}

/** Whether texts name somebody, and how surely; null if they do not. */
export function mentionedIn(texts: readonly string[], person: SoughtPerson): "sure" | "doubtful" | null {
  const found = texts.flatMap((text) => findMentions(text, person));
  if (found.length === 0) return null;
  return found.some(({ isSure }) => isSure) ? "sure" : "doubtful";
}

/** The text with other words in place of the sure mentions. */
export function replaceMentions(text: string, mentions: readonly Mention[], by: string): string {
  let [done, from] = ["", 0];
  for (const mention of mentions.filter(({ isSure }) => isSure)) {
    done += text.slice(from, mention.from) + by;
    from = mention.to;
  }
  return done + text.slice(from);
}

/**
 * Surnames that are ordinary words, places or days as well: alone they do not say that somebody is meant. Our own list,
 * of the commonest; in plain letters.
 */
const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `abbey april archer ash august autumn baker ball banks barber barker barn bath beach bean bell best bird bishop black
  blue bolt bond booth bow bowl box branch brand bridge bright brook brooks brown buck bull burn bush butcher butler
  cannon card care carpenter carter case castle chamber chambers chance chapel chase child church clay clerk close coal
  coffee coles constable cook cooper corner cross crown dale dark dawn day days dean derby dove down draper drew drive
  duke early earl east england english farm farmer farrow field fields finch fish fisher fisk flood flower ford forest
  foster fountain fox france french friday frost gale garden gardener gate gates glass glover gold golden good grace grant
  grave gray green grey grove guest hall hammer hand harbour hardy harper hart haven hawk hay head heart heath hill hills
  hogg holiday hollow holly hood hook hope horn house hunt hunter hurst ireland ivy jay joy judge july june justice keen
  kent key kidd king kings kitchen knight lake lamb lancaster lane large law lawn leaf leeds lincoln little lock london
  long lord love low lynch major man march marsh mason masters may mayor mead mercer mercy miller mills monday monk moon
  moore moss mountain needs new newton noble north norton oak olive order page paine pain paris park parker parks parson
  parsons peace peacock pearl penny pepper perry pike pit place plant player pond poole pool pope porter potter pound
  power price pride prince prior pryor purchase quick rain ray read reading real reed rich ring rivers road robin rock
  root rose rush rule sadler sage sail salmon salt sand saunders savage school scott sea self sharp shaw shepherd ship
  short silver singer skinner slack slate small smart smith snow south spark spence spring stamp steel steer stone storm
  street strong summer summers sunday swan sweet swift taylor temple thorn thursday tower town towns tree trees turner
  underwood usher vale walker wall walls ward waters weaver webb week wells west wheeler white wild will wills winter
  wise wolf wood woods worth wright york young`.split(/\s+/),
);

/** What people write in capitals and is seldom anybody's initials; in plain letters. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `ai at bc cc ce ceo cfo cia cv dc dm dpo dr eg eta etc eu ex faq foi gb gp hr ia ict id ie ii io
  ip is isp it iv ict mb me md mep mp mr ms my na nb ni no nhs ok os pa pc pdf pm po pr ps pt qc ra re rn sa sar
  sms tv uk un up us usa va vat vi vip vs we wfh`.split(/\s+/),
);
