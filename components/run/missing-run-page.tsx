import { MissingRun } from "@/components/run/missing-run";
import { TopBar } from "@/components/shell/top-bar";

/** The page of a run that nobody has told of. */
export function MissingRunPage() {
  return (
    <>
      <TopBar />
      <main id="main" className="px-6 py-16">
        <MissingRun />
      </main>
    </>
  );
}
