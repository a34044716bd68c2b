import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";

/** How a part of the form is left: saved and complete, or saved as far as it is. */
export function SaveButtons({ label = "Save and continue" }: { label?: string | undefined }) {
  return (
    <Cluster>
      <Button name="then" value="continue">
        {label}
      </Button>
      <Button look="quiet" name="then" value="later">
        Save and come back later
      </Button>
    </Cluster>
  );
}
