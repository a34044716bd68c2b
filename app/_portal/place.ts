/** Within reach of the thumb on a phone: five, which fit in one row. The check has the words of the reader's policies. */
export const PLACES = [
  { place: "check", href: "/check" },
  { place: "tasks", href: "/tasks", label: "Tasks" },
  { place: "policies", href: "/policies", label: "Policies" },
  { place: "search", href: "/search", label: "Search" },
  { place: "incidents", href: "/incidents/new", label: "Report what went wrong", short: "Report" },
] as const;
/** Where there is room. */
export const MORE_PLACES = [
  { place: "matrix", href: "/matrix", label: "Matrix" },
  { place: "exceptions", href: "/exceptions", label: "Exceptions" },
  { place: "more", href: "/more", label: "All pages" },
] as const;

/** One of the main places. */
export type Place = (typeof PLACES | typeof MORE_PLACES)[number]["place"];

/** The main place that an address is at or below; null for any other. @param address path and query */
export function placeAt(address: string): Place | null {
  const [, first = ""] = address.split(/[/?#]/);
  return [...PLACES, ...MORE_PLACES].find(({ place }) => place === first)?.place ?? null;
}
