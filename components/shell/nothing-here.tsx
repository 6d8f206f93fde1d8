import { NotThere } from "@/components/shell/not-there";
import { Mono } from "@/components/ui/mono";

/** The page of an address that leads nowhere. */
export function NothingHere() {
  return (
    <NotThere
      title="Nothing is kept under this address"
      ways={[
        ["/", "Go to all runs"],
        ["/connect", "Connect a source"],
      ]}
    >
      <p>
        A run opens at <Mono>/runs/</Mono> and its id, as its source gave it or as we do. If the link came
        from someone else, a part of it may be missing; a run that has sent nothing yet is not known here
        either.
      </p>
    </NotThere>
  );
}
