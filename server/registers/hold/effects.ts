/** What other registers do with holds: an information request places the hold of its kind. It authorises by itself. */
export { placeHold } from "./service.ts";
export type { SentHold } from "./service.ts";
