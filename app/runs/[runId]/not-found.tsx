import type { Metadata } from "next";
import { MissingRun } from "@/components/run/seldom-pages";

export const metadata: Metadata = { title: "No such run" };

export default function RunNotFound() {
  return <MissingRun />;
}
