import type { Metadata } from "next";
import { MissingRun } from "@/components/run/missing-run";
import { TopBar } from "@/components/shell/top-bar";

export const metadata: Metadata = { title: "No such run" };

export default function RunNotFound() {
  return (
    <>
      <TopBar />
      <main id="main" className="px-6 py-16">
        <MissingRun />
      </main>
    </>
  );
}
