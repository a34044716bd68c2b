import { Button, PrintHint } from "../_ui/layout.tsx";
import { Island } from "./island.tsx";

/** Prints the page; without scripts, it says in words how. Its pages are listed in server/shell/http/request-rules.mjs. */
export const PrintButton = () => (
  // On paper it is not there at all: an empty box after a sheet would begin another one.
  <div className="no-print">
    <Island name="print">
      <Button type="button" look="quiet" hidden>
        Print this page
      </Button>
      <PrintHint />
    </Island>
  </div>
);
