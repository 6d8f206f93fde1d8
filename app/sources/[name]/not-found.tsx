import type { Metadata } from "next";
import { MissingSource } from "@/components/sources/missing-source";

export const metadata: Metadata = { title: "No such source" };

export default function SourceNotFound() {
  return <MissingSource />;
}
