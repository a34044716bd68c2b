"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, type FormEvent, type ReactNode } from "react";

/** So long after the last key the words count as typed. */
const QUIET_MS = 300;

/**
 * The search form. Where scripts run, what is typed is looked for without pressing the button, and the focus stays in the
 * field; elsewhere it is a plain form. Filters wait for the button: choosing from a list must not move the page.
 */
export function AsYouType({ words, children }: { words: string; children: ReactNode }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<number>(undefined);

  // A link on the page, such as an example, changes the words too.
  useEffect(() => {
    const field = form.current?.elements.namedItem("q");
    if (field instanceof HTMLInputElement && field !== document.activeElement) field.value = words;
    return () => window.clearTimeout(timer.current);
  }, [words]);

  const search = () => {
    window.clearTimeout(timer.current);
    if (!form.current) return;
    const parts = [...new FormData(form.current)].flatMap(([name, value]) =>
      typeof value === "string" && value !== "" ? [[name, value]] : [],
    );
    router.replace(`/search?${new URLSearchParams(parts).toString()}` as Route, { scroll: false });
  };
  const onInput = ({ target }: FormEvent) => {
    if (!(target instanceof HTMLInputElement)) return;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(search, QUIET_MS);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    search();
  };
  return (
    <form ref={form} action="/search" method="get" role="search" noValidate onInput={onInput} onSubmit={onSubmit}>
      {children}
    </form>
  );
}
