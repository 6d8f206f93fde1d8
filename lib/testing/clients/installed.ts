import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MissingProgramError, outcomeOf, succeed } from "../machine-program.ts";

/** Where clients are kept between runs: below node_modules, which no commit and no search looks into. */
const KEPT = resolve("node_modules/.cache/openlineage-clients");

/** A client as its users have it: installed, and told by a configuration file alone where to send. */
export interface InstalledClient {
  readonly name: string;
  /** The client's transport of this kind, in the words of its configuration. */
  readonly transport: (to: { url: string; key: string }) => object;
  /** The program that sends a run with it, before the run's own arguments. */
  readonly command: readonly [string, ...string[]];
}

function http(kind: string): InstalledClient["transport"] {
  return ({ url, key }) => ({
    type: kind,
    url,
    compression: "gzip",
    auth: { type: "api_key", apiKey: key },
  });
}

/** The Python client from PyPI, in an environment of its own. */
export async function pythonClients(version: string): Promise<InstalledClient[]> {
  const folder = join(KEPT, `python-${version}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(join(folder, "complete"))) {
    await mkdir(folder, { recursive: true });
    const purpose = "install the Python client of OpenLineage (python3 with its venv module)";
    await succeed(await findPython(), ["-m", "venv", "--clear", folder], { purpose, cwd: folder });
    const pip = ["-m", "pip", "install", "--quiet", `openlineage-python==${version}`];
    await succeed(python, pip, { purpose, cwd: folder });
    await writeFile(join(folder, "complete"), "");
  }
  const command = [python, fileURLToPath(new URL("send.py", import.meta.url))] as const;
  return ["http", "async_http"].map((kind) => ({
    name: `Python ${version}, ${kind}`,
    transport: http(kind),
    command: [...command],
  }));
}

async function findPython(): Promise<string> {
  for (const name of ["python3", "python"]) {
    const found = await outcomeOf(name, ["--version"], { purpose: "", cwd: "." }).catch(() => undefined);
    if (found?.code === 0) return name;
  }
  throw new MissingProgramError(
    "Python was not found on this machine. It is needed to install and run the Python client of OpenLineage.",
  );
}

/** The Java client from Maven Central, with all that it depends on. */
export async function javaClients(version: string): Promise<InstalledClient[]> {
  const folder = join(KEPT, `java-${version}`);
  const list = join(folder, "class-path");
  await mkdir(folder, { recursive: true });
  const purpose = "compile and run a program with the Java client of OpenLineage (a JDK, 17 or newer)";
  await succeed("javac", ["-version"], { purpose, cwd: folder });
  if (!existsSync(list)) {
    await writeFile(join(folder, "pom.xml"), pom(version));
    const draft = `${list}.new`;
    const args = ["-q", "-B", "dependency:build-classpath", `-Dmdep.outputFile=${draft}`];
    await succeed("mvn", args, { purpose: "fetch the Java client of OpenLineage (Maven)", cwd: folder });
    await writeFile(list, await readFile(draft));
  }
  const classPath = [folder, (await readFile(list, "utf8")).trim()].join(delimiter);
  const source = fileURLToPath(new URL("Send.java", import.meta.url));
  await succeed("javac", ["-nowarn", "-cp", classPath, "-d", folder, source], { purpose, cwd: folder });
  const log = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";
  const command = ["java", log, "-cp", classPath, "Send"] as const;
  const composite: InstalledClient["transport"] = (to) => ({
    type: "composite",
    withThreadPool: true,
    continueOnFailure: false,
    transports: [http("http")(to)],
  });
  return [
    { name: `Java ${version}, http`, transport: http("http"), command: [...command] },
    { name: `Java ${version}, composite in a thread pool`, transport: composite, command: [...command] },
  ];
}

/** The client, and a log that says on standard error what the client complains of. */
function pom(version: string): string {
  const dependency = (group: string, artifact: string, of: string) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${of}</version></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>unstuck</groupId><artifactId>clients</artifactId><version>1</version>
  <dependencies>
    ${dependency("io.openlineage", "openlineage-java", version)}
    ${dependency("org.slf4j", "slf4j-simple", "1.7.36")}
  </dependencies>
</project>
`;
}
