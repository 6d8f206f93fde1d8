import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/seldom-pages";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return <NothingHere />;
}
