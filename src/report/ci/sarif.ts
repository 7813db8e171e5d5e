import { createHash } from "node:crypto";
import manifest from "../../../package.json" with { type: "json" };
import type { Finding } from "../../checks/rule.ts";
import type { FindingsDocument } from "../report.ts";

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function* sarif({ findings, titles }: FindingsDocument): Generator<string> {
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "recctl",
            version: manifest.version,
            rules: ids.map((id) => ({ id, shortDescription: { text: titles[id.split("/")[0] as string] ?? id } })),
          },
        },
        // Columns of recctl count characters, not UTF-16 units.
        columnKind: "unicodeCodePoints",
        results: findings.map((finding) => result(finding, ids.indexOf(finding.rule))),
      },
    ],
  };
  yield `${JSON.stringify(document, null, 2)}\n`;
}

const result = ({ rule, severity, path, line, column, at, message, remedy }: Finding, ruleIndex: number) => ({
  ruleId: rule,
  ruleIndex,
  level: severity,
  message: { text: remedy ? `${message}. Try: ${remedy}` : message },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
        region: { startLine: line, startColumn: column },
      },
      ...(at === "" ? {} : { logicalLocations: [{ fullyQualifiedName: at }] }),
    },
  ],
  partialFingerprints: {
    "recctl/v1": createHash("sha256").update(`${rule}\n${path}\n${at}`).digest("hex").slice(0, 32),
  },
});
