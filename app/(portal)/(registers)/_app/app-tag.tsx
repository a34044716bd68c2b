import { Tag } from "#app/_ui/tag.tsx";
import { APP_STATES, type AppState } from "#domain/registers/app/app.ts";

const TONES = { approved: "good", refused: "warning", ended: "neutral" } as const;

/** What was decided on an app. */
export function AppTag({ state }: { state: AppState }) {
  return <Tag tone={TONES[state]}>{APP_STATES[state]}</Tag>;
}
