import type { Metadata } from "next";
import { MissingPipeline } from "@/components/pipelines/missing-pipeline";
import { TopBar } from "@/components/shell/top-bar";

export const metadata: Metadata = { title: "No such pipeline" };

export default function PipelineNotFound() {
  return (
    <>
      <TopBar />
      <main id="main" className="px-6 py-16">
        <MissingPipeline />
      </main>
    </>
  );
}
