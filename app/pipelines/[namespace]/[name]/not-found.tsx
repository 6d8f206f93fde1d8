import type { Metadata } from "next";
import { MissingPipeline } from "@/components/pipelines/missing-pipeline";

export const metadata: Metadata = { title: "No such pipeline" };

export default function PipelineNotFound() {
  return <MissingPipeline />;
}
