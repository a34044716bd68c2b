import { cache } from "react";

/** The part of what Next passes to a page that holds its address. */
interface Address {
  params?: Promise<object>;
  searchParams?: Promise<object>;
}

/** Lets a page's title and its content share one read: once for each address and request. */
export function readOnce<Props extends Address, View>(read: (props: Props) => Promise<View>) {
  const readings = cache((): Map<string, Promise<View>> => new Map());
  return async (props: Props): Promise<View> => {
    const key = JSON.stringify([await props.params, await props.searchParams]);
    const known = readings();
    const reading = known.get(key) ?? read(props);
    known.set(key, reading);
    return reading;
  };
}
