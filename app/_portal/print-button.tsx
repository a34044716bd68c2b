import { Button } from "#app/_ui/button.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Island } from "./island.tsx";

/** Prints the page; without scripts, it says in words how. Its pages are listed in server/shell/http/request-rules.mjs. */
export function PrintButton() {
  return (
    <Island name="print">
      <Button type="button" look="quiet" hidden>
        Print this page
      </Button>
      <PrintHint />
    </Island>
  );
}
