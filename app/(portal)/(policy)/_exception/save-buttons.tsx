import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";

/** How to leave a part of the form: saved and complete, or saved as far as it goes. */
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
