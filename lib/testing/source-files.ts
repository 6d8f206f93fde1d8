import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** A source file: its path from the project's root with forward slashes, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

/** The places of one source file that name another file or a package. */
export interface Import {
  /** As written. */
  specifier: string;
  /** The file it leads to, as a path from the root; undefined where it names a package. */
  file: string | undefined;
}

const IMPORT = /\b(?:import|export)\b(?:[\s\w{},*$]*?\bfrom)?\s*\(?\s*["']([^"'\n]+)["']/g;

/** All files with one of the endings below the given folders, and in the root itself. */
export function readSourceFiles(folders: readonly string[], endings: RegExp): SourceFile[] {
  const below = folders.flatMap((folder) => list(folder, true));
  return [...below, ...list(".", false)]
    .filter((path) => endings.test(path) && !path.startsWith("lib/server/prisma/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

/** What a file imports: statically, for its effects, by re-export or with import(). */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [...code(text).matchAll(IMPORT)].map(([, specifier = ""]) => ({
    specifier,
    file: leadsTo(path, specifier),
  }));
}

/** The text without its comments, so that words in them count for nothing. Texts in quotes stay. */
export function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/.*$/gm, "$1");
}

/** Groups of files which import each other in a circle. */
export function importCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const walk = (node: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(node);
    if (seen >= 0) circles.push(trail.slice(seen));
    if (seen >= 0 || done.has(node)) return;
    for (const next of edges.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of edges.keys()) walk(node, []);
  return circles;
}

function leadsTo(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("@/")) return normalize(specifier.slice(2)).replaceAll("\\", "/");
  if (!specifier.startsWith(".")) return undefined;
  return normalize(join(dirname(from), specifier)).replaceAll("\\", "/");
}

function list(folder: string, deep: boolean): string[] {
  const entries = readdirSync(folder, { recursive: deep, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => normalize(join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}
