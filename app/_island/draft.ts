import { hasStructure, type PastedNode, pastedHtml } from "#app/(portal)/(policy)/drafts/pasted-html.ts";
import { CLEANED, type Cleaned, cleanPastedText } from "#domain/policy/draft/pasted-text.ts";
import type { DraftFormat } from "#domain/policy/draft/draft.ts";

// Runs in browsers: checks a draft while it is written, marks the lines, and cleans what is pasted.

/** How long after the last key the text counts as complete. */
const QUIET_MS = 1_500;

/** What the server answers to the form sent with `act=live`. */
interface LiveCheck {
  summary: string;
  findings: string;
  preview: string;
  lines: MarkedLine[];
}

interface MarkedLine {
  line: number;
  blocks: boolean;
}

const form = document.querySelector<HTMLFormElement>("#draft-island form");
const area = form?.querySelector<HTMLTextAreaElement>("textarea");
const data = JSON.parse(document.getElementById("draft-data")?.textContent ?? "{}") as { format?: DraftFormat };
const byId = (id: string) => document.getElementById(id);

function write(form: HTMLFormElement, area: HTMLTextAreaElement, format: DraftFormat): void {
  const marks = new LineMarks(area);
  let timer: number | undefined;
  let asked: AbortController | undefined;
  let isSending = false;

  const check = async () => {
    asked?.abort();
    asked = new AbortController();
    const fields = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    );
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams([...fields, ["act", "live"]]),
        signal: asked.signal,
      });
      const isAnswer = response.ok && (response.headers.get("content-type") ?? "").startsWith("application/json");
      if (!isAnswer) return say("check-status", "It could not be checked just now. What you typed is still here.");
      const { summary, findings, preview, lines } = (await response.json()) as LiveCheck;
      say("check-status", summary);
      put("check-findings", findings);
      put("check-preview", preview);
      marks.show(lines);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError"))
        say("check-status", "It could not be checked just now. What you typed is still here.");
    }
  };
  area.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), QUIET_MS);
  });
  area.addEventListener("paste", (event) => {
    const pasted = readPaste(event.clipboardData, format);
    if (!pasted) return;
    event.preventDefault();
    insert(area, pasted.text);
    say("pasted", ["Pasted.", ...pasted.cleaned.map((kind) => CLEANED[kind])].join(" "));
  });
  byId("findings")?.parentElement?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-line]") : null;
    if (!link) return;
    event.preventDefault();
    marks.goTo(Number(link.dataset["line"]));
  });
  form.addEventListener("submit", ({ submitter }) => {
    isSending = submitter?.getAttribute("value") !== "download";
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && area.value !== area.defaultValue) event.preventDefault();
  });
  // A browser that comes back to the page still has what was typed.
  window.addEventListener("pageshow", () => {
    isSending = false;
  });
  marks.show(shownLines());
}

/** Null where the browser's own pasting is right. */
function readPaste(clipboard: DataTransfer | null, format: DraftFormat): { text: string; cleaned: Cleaned[] } | null {
  const [html, plain] = [clipboard?.getData("text/html") ?? "", clipboard?.getData("text/plain") ?? ""];
  const isSource = /<\/?(Clause|Callout|Gap)\b/.test(plain) || /^---\s*\n/.test(plain);
  if (format === "mdx" && !isSource && hasStructure(html)) {
    // Styles say what is a list; under that name the browser does not try to apply them, which the page forbids.
    const named = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle=/gi, " data-style="));
    const { body } = new DOMParser().parseFromString(named, "text/html");
    return pastedHtml(nodeOf(body));
  }
  const pasted = cleanPastedText(plain, format);
  return pasted.cleaned.length > 0 ? pasted : null;
}

function nodeOf(node: Node): PastedNode {
  const element = node instanceof Element ? node : null;
  return {
    name: element ? element.nodeName.toLowerCase() : node.nodeType === Node.TEXT_NODE ? "" : "template",
    words: element ? "" : (node.nodeValue ?? ""),
    attribute: (name) => element?.getAttribute(name === "style" ? "data-style" : name) ?? "",
    children: [...node.childNodes].map(nodeOf),
  };
}

/** As if it had been typed, so that the browser can undo it. */
function insert(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  // The only way that keeps the browser's own undoing.
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input"));
}

function say(id: string, words: string): void {
  const place = byId(id);
  if (place && place.textContent !== words) place.textContent = words;
}

function put(id: string, html: string): void {
  const place = byId(id);
  if (place) place.innerHTML = html;
}

/** The lines that the page marks as it comes. */
function shownLines(): MarkedLine[] {
  return [...document.querySelectorAll<HTMLElement>("#check-findings [data-line]")].map((link) => ({
    line: Number(link.dataset["line"]),
    blocks: link.dataset["blocks"] !== undefined,
  }));
}

/** Marks beside the lines of a text area. A copy of the text that nobody sees, laid out alike, says where each line is. */
class LineMarks {
  private readonly copy = document.createElement("div");
  private readonly marks = document.createElement("div");
  private marked: readonly MarkedLine[] = [];

  constructor(private readonly area: HTMLTextAreaElement) {
    const [frame, gutter] = [document.createElement("div"), document.createElement("div")];
    Object.assign(frame.style, { position: "relative" });
    Object.assign(this.copy.style, { position: "absolute", visibility: "hidden", height: "0", overflow: "hidden" });
    Object.assign(gutter.style, { position: "absolute", inset: "0 auto 0 0.1rem", width: "1rem", overflow: "hidden" });
    Object.assign(gutter.style, { pointerEvents: "none" });
    for (const part of [this.copy, gutter]) part.setAttribute("aria-hidden", "true");
    area.before(frame);
    gutter.append(this.marks);
    frame.append(this.copy, area, gutter);
    area.addEventListener("scroll", () => this.scroll());
    area.addEventListener("input", () => this.show([]));
    new ResizeObserver(() => this.show(this.marked)).observe(area);
  }

  show(lines: readonly MarkedLine[]): void {
    this.marked = lines;
    if (lines.length > 0) this.layOut();
    this.marks.replaceChildren(
      ...lines.map(({ line, blocks }) => {
        const mark = document.createElement("span");
        mark.textContent = blocks ? "●" : "○";
        Object.assign(mark.style, { position: "absolute", top: `${this.topOf(line)}px`, color: "var(--color-error)" });
        return mark;
      }),
    );
    this.scroll();
  }

  /** Selects a line and brings it into view. */
  goTo(line: number): void {
    const { area } = this;
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    this.layOut();
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.scrollTop = Math.max(0, this.topOf(line) - area.clientHeight / 3);
  }

  private scroll(): void {
    this.marks.style.transform = `translateY(${-this.area.scrollTop}px)`;
  }

  private topOf(line: number): number {
    const shown = this.copy.children[line - 1];
    return shown instanceof HTMLElement ? shown.offsetTop : 0;
  }

  private layOut(): void {
    const look = getComputedStyle(this.area);
    for (const name of ["font", "letterSpacing", "lineHeight", "padding", "border", "tabSize"] as const)
      this.copy.style[name] = look[name];
    Object.assign(this.copy.style, { whiteSpace: "pre-wrap", overflowWrap: "break-word", boxSizing: "border-box" });
    this.copy.style.width = `${this.area.clientWidth + 2 * this.area.clientLeft}px`;
    this.copy.replaceChildren(
      ...this.area.value.split("\n").map((words) => {
        const line = document.createElement("div");
        line.textContent = words === "" ? "\u200B" : words;
        return line;
      }),
    );
  }
}

if (form && area) write(form, area, data.format ?? "mdx");
